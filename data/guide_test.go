package data

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func embeddedFile(t testing.TB, name string) []byte {
	t.Helper()
	text, err := fs.ReadFile(Embedded(), name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func embeddedIDs(t testing.TB) *IDs {
	t.Helper()
	ids, err := ParseIDs(embeddedFile(t, idsFile))
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func embeddedCatalog(t testing.TB) *Catalog {
	t.Helper()
	catalog, err := ParseGuide(embeddedFile(t, guideFile), embeddedIDs(t))
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

// The law: nothing dropped, nothing invented.
func TestWriteGuideGivesTheGuideByteForByte(t *testing.T) {
	var written bytes.Buffer
	if err := embeddedCatalog(t).WriteGuide(&written); err != nil {
		t.Fatal(err)
	}
	if want := embeddedFile(t, guideFile); !bytes.Equal(written.Bytes(), want) {
		t.Errorf("wrote %d bytes that differ from the guide's %d", written.Len(), len(want))
	}
}

// The writer composes rows from fields, so a changed field must show.
func TestWriteGuideWritesFields(t *testing.T) {
	catalog := embeddedCatalog(t)
	c := catalog.Find("living-sharing")
	c.Path[1], c.Eligibility.Individual.Text, c.Remark = "共用", "可选", "仅限甲"
	var written bytes.Buffer
	if err := catalog.WriteGuide(&written); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n共用 1、骑车", "等)服务\n个人备案:可选\n", "经营范围\n仅限甲\n丽人 "} {
		if !strings.Contains(written.String(), want) {
			t.Errorf("the written guide has no %q", want)
		}
	}
}

func TestWriteGuideReportsAFailingWriter(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "guide")
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	if err := embeddedCatalog(t).WriteGuide(file); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v, want os.ErrClosed wrapped", err)
	}
}

// Figures counted by hand and by grep in the guide itself, not by this parser.
func TestFigures(t *testing.T) {
	catalog := embeddedCatalog(t)
	got := map[string]int{"first levels": len(catalog.FirstLevels()), "second levels": len(catalog.Categories)}
	for i := range catalog.Categories {
		c := &catalog.Categories[i]
		got["individual "+c.Eligibility.Individual.Text]++
		got["organization "+c.Eligibility.Organization.Text]++
		got["status "+string(c.Eligibility.Individual.Status)+"/"+string(c.Eligibility.Organization.Status)]++
		if reflect.DeepEqual(c.RestrictedTo, []string{"政府机关", "事业单位"}) {
			got["restricted"]++
		}
		for _, s := range c.Services {
			got["services"]++
			if s.Name != "" {
				got["named services"]++
			}
			if len(s.Barred) > 0 {
				got["barred services"]++
			}
		}
		for _, q := range c.Requirements {
			if q.Region != "" {
				got["region "+q.Region]++
			}
			if q.Subject != "" {
				got["subject "+q.Subject]++
			}
		}
	}
	want := map[string]int{
		"first levels": 15, "second levels": 171,
		"individual 不建议选择": 160, "individual 可选,符合个人性质": 9, "individual 可选": 1, "individual 可选,需要资质": 1,
		"organization 可选,需符合单位经营范围": 142, "organization 可选,需要资质": 26, "organization 不建议选择": 2, "organization 可选": 1,
		"status allowed/allowed": 10, "status license_required/allowed": 1, "status not_recommended/allowed": 132,
		"status not_recommended/license_required": 26, "status not_recommended/not_recommended": 2,
		"restricted": 46,
		// 102 clauses have a colon; one of them, 通信转售服务(如:…), has no name before it.
		"services": 130, "named services": 101, "barred services": 13,
		"region 福建": 1, "region 广东": 1, "subject individual": 1,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("figures:\n got %v\nwant %v", got, want)
	}
}

func TestCatalogGolden(t *testing.T) {
	got, err := json.MarshalIndent(embeddedCatalog(t), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/catalog.golden.json"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range wantLines {
		if i >= len(gotLines) || gotLines[i] != wantLines[i] {
			t.Fatalf("the catalogue differs from %s at line %d:\nwant %s\n got %s", golden, i+1, wantLines[i], strings.Join(gotLines[min(i, len(gotLines)):min(i+1, len(gotLines))], ""))
		}
	}
	if len(gotLines) != len(wantLines) {
		t.Errorf("the catalogue has %d lines more than %s", len(gotLines)-len(wantLines), golden)
	}
}

func TestOddities(t *testing.T) {
	catalog := embeddedCatalog(t)
	if catalog.Title != "小程序备案服务内容选择指引" || catalog.Notice != "最终以平台审核时的要求和管局审核结果为准" {
		t.Errorf("title %q, notice %q", catalog.Title, catalog.Notice)
	}
	for _, row := range []struct {
		id, label, definition string
		services              int
	}{
		{"car-etc", "汽车服务>Etc", "/", 0},
		{"living-patents", "生活服务>专利/商标代理", "适用于单家专利代理机构 或 商标代理机构提供专利、商标代理等服务", 0},
		{"dining-other", "餐饮>其他", "餐厅排队:适用于为餐饮门店提供就餐线上取号、排号等排队服务", 0},
		{"leisure-ktv", "休闲娱乐>歌舞厅、KTV等娱乐、休闲娱乐类服务", "适用于提供营业性歌舞、KTV等娱乐、休闲娱乐类服务", 0},
		{"industrial-other", "工业互联网软件>其他", "/", 0},
		{"other-religion", "其他>宗教信息", "适用于提供宗教相关图片、文字、视频资讯展示解读等服务", 0},
		{"transport-aviation", "交通运输>航空", "1、适用于民航管理机关提供相关业务\n2、适用于提供拼机、包机、私用驾驶员执照培训、飞行器展示等航空业务服务功能", 2},
	} {
		c := catalog.Find(row.id)
		if c == nil || c.Label() != row.label || c.Definition != row.definition || len(c.Services) != row.services {
			t.Errorf("%s: got %+v", row.id, c)
		}
	}
}

func TestParseService(t *testing.T) {
	for _, row := range []struct {
		clause string
		no     int
		want   Service
	}{
		{"1、记账:适用于记账", 1, Service{No: 1, Name: "记账", Definition: "适用于记账"}},
		{"12、宠物(非医院类):适用于资讯", 12, Service{No: 12, Name: "宠物(非医院类)", Definition: "适用于资讯"}},
		{"3、汽车厂商 :适用于厂商", 3, Service{No: 3, Name: "汽车厂商", Definition: "适用于厂商"}},
		{"2、设计:适用于设计(个人主体不可从事)", 2, Service{No: 2, Name: "设计", Definition: "适用于设计(个人主体不可从事)", Barred: []string{"individual"}}},
		{"3、适用于转售(如:话费)", 3, Service{No: 3, Definition: "适用于转售(如:话费)"}},
		{"1、提供转售(如:话费)", 1, Service{No: 1, Definition: "提供转售(如:话费)"}},
		{"1、线上活动,如:挑战", 1, Service{No: 1, Definition: "线上活动,如:挑战"}},
	} {
		got, err := parseService(row.clause, row.no)
		if err != nil || !reflect.DeepEqual(got, row.want) {
			t.Errorf("parseService(%q) = %+v, %v; want %+v", row.clause, got, err, row.want)
		}
	}
}

func TestParseRequirements(t *testing.T) {
	for _, row := range []struct {
		remark string
		want   []Requirement
	}{
		{"资质上传位置:主体其他附件位置\n需提供《甲证》", []Requirement{
			{Documents: []string{"甲证"}, Upload: "主体其他附件位置", Text: "需提供《甲证》"}}},
		{"资质上传位置:食品资质,主体其他附件位置\n从事食品内容,福建需提供《甲》、《乙》等部门审批的资质", []Requirement{
			{Documents: []string{"甲", "乙"}, Upload: "主体其他附件位置", Activity: "食品", Region: "福建", Text: "从事食品内容,福建需提供《甲》、《乙》等部门审批的资质"}}},
		{"资质上传位置:前置审批位置\n广东地区,需上传《甲》", []Requirement{
			{Documents: []string{"甲"}, Upload: "前置审批位置", Region: "广东", Text: "广东地区,需上传《甲》"}}},
		{"资质上传位置:前置审批位置\n个人需提供甲证", []Requirement{
			{Documents: []string{"甲证"}, Upload: "前置审批位置", Subject: "individual", Text: "个人需提供甲证"}}},
		{"资质上传位置:前置审批位置(其他情况另定)\n1、从事甲内容,需提供《甲》或乙\n2、从事丙服务,需提供丙 丁", []Requirement{
			{Documents: []string{"甲", "乙"}, Upload: "前置审批位置", Activity: "甲", Text: "从事甲内容,需提供《甲》或乙"},
			{Documents: []string{"丙 丁"}, Upload: "前置审批位置", Activity: "丙服务", Text: "从事丙服务,需提供丙 丁"},
			{Documents: []string{}, Text: "其他情况另定"}}},
		{"资质上传位置:\n1、甲资质,前置审批位置\n需提供乙", []Requirement{
			{Documents: []string{"甲资质"}, Upload: "前置审批位置", Text: "甲资质,前置审批位置"},
			{Documents: []string{"乙"}, Text: "需提供乙"}}},
		{"资质上传位置:前置审批位置\n需提供《甲》 拼车,按规定执行。", []Requirement{
			{Documents: []string{"甲"}, Upload: "前置审批位置", Text: "需提供《甲》"},
			{Documents: []string{}, Text: "拼车,按规定执行。"}}},
	} {
		if got := parseRequirements(strings.Split(row.remark, "\n")); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", row.remark, got, row.want)
		}
	}
}

func TestRefusedGuides(t *testing.T) {
	guide := string(embeddedFile(t, guideFile))
	for _, row := range []struct {
		name, old, new string
		line           int
		message        string
	}{
		{"no title", "# 小程序备案", "小程序备案", 1, "expected the title"},
		{"no notice", "最终以平台", "以平台", 5, "expected the notice"},
		{"no header", "一级类目 二级类目 服务", "类目 服务", 684, "expected the table's header row"},
		{"unknown category", "招聘 适用于", "招工 适用于", 9, `found "招工" under "生活服务": if the guide has a new category, ids.tsv needs a line`},
		{"unknown first level", "餐饮 点餐 1、", "饮食 点餐 1、", 153, `found "点餐" under "饮食"`},
		{"no space before the definition", "婚庆 适用于", "婚庆适用于", 40, "expected a row"},
		{"no individual rule", " 个人备案:不建议选择\n单位备案:可选,需符合单位经营范围\n/\n招聘", "\n单位备案:可选,需符合单位经营范围\n/\n招聘", 6, "expected 个人备案:…"},
		{"individual rule missing after clauses", "发票抬头管理等服务(个人主体不可从事)\n个人备案:可选,符合个人性质\n", "发票抬头管理等服务(个人主体不可从事)\n", 32, "expected a numbered clause or a line that starts with 个人备案:"},
		{"individual rule on a clause's line", "等)服务\n个人备案:不建议选择", "等)服务 个人备案:不建议选择", 57, "found it on the clause's line"},
		{"individual rule on the only clause's line", "婚庆 适用于", "婚庆 1、适用于", 40, "found it on the clause's line"},
		{"full-width colon", "个人备案:不建议选择\n单位备案:可选,需符合单位经营范围\n/\n招聘", "个人备案:不建议选择\n单位备案：可选\n/\n招聘", 7, "expected 单位备案:…"},
		{"unknown rule", "个人备案:不建议选择", "个人备案:随意", 6, `expected 不建议选择, 可选 or 可选,…, found "随意"`},
		{"no remark", "/\n招聘", "招聘", 8, "expected a remark"},
		{"two remarks", "/\n招聘", "/\n/\n招聘", 9, "expected a row"},
		{"a clause lost", "3、日历:适用于提供日历等服务\n", "", 14, "expected clause 3、…"},
		{"an empty clause", "3、日历:适用于提供日历等服务\n", "3、\n", 14, "expected text after 3、"},
		{"no definition", "Etc / 个人备案", "Etc 个人备案", 321, "expected a definition"},
		{"the same category twice", "公证 适用于", "拍卖 适用于", 94, "found 生活服务>拍卖 again"},
		{"the same first level twice", "\n外卖 为", "\n生活服务 外卖 为", 158, "on its first row only, found it again (first on line 6)"},
		{"blank line inside a remark", "从事宗教内容", "\n从事宗教内容", 680, "expected a sentence of the remark or a row"},
		{"blank line at the end", "经营范围\n/", "经营范围\n/\n\n", 0, "expected a row"},
		{"row unrecognised after papers", "\n网络图书 1、小说", "\n网络图书1、小说", 193, "expected the start of this row"},
		{"CR", "一级类目 二级类目 服务类目释义(供参考) 具体选择(供参考) 备注", "一级类目 二级类目\r", 5, "expected the line to end with LF"},
		{"not UTF-8", "生活缴费 提供", "生活缴费\xff 提供", 6, "expected UTF-8"},
	} {
		broken := strings.Replace(guide, row.old, row.new, 1)
		if broken == guide {
			t.Errorf("%s: the guide has no %q to break", row.name, row.old)
			continue
		}
		_, err := ParseGuide([]byte(broken), embeddedIDs(t))
		checkSyntaxError(t, row.name, err, row.line, row.message)
	}
	_, err := ParseGuide([]byte("# 题\n最终以审核为准。\n一级类目 二级类目"), embeddedIDs(t))
	checkSyntaxError(t, "no rows", err, 4, "expected the table's first row")
	_, err = ParseGuide(nil, embeddedIDs(t))
	checkSyntaxError(t, "empty", err, 1, "expected the title")
}

// Whatever the reader would lose is refused, with the first line that would differ.
func TestCheckWrittenBack(t *testing.T) {
	catalog, _ := smallCatalog(t)
	if err := checkWrittenBack(catalog, []byte(smallGuide)); err != nil {
		t.Errorf("the guide itself: %v", err)
	}
	err := checkWrittenBack(catalog, []byte(strings.Replace(smallGuide, "2、还", "2、 还", 1)))
	checkSyntaxError(t, "a space lost", err, 5, "could not be written back as it stands")
	err = checkWrittenBack(catalog, []byte(smallGuide+"丙"))
	checkSyntaxError(t, "a line lost", err, 13, "could not be written back as it stands")
}

// checkSyntaxError wants one SyntaxError with the message; line 0 is any.
func checkSyntaxError(t *testing.T, name string, err error, line int, message string) {
	t.Helper()
	var syntax *SyntaxError
	if !errors.As(err, &syntax) {
		t.Errorf("%s: got %v, want a SyntaxError", name, err)
		return
	}
	if (line != 0 && syntax.Line != line) || !strings.Contains(syntax.Message, message) {
		t.Errorf("%s: got %v\nwant line %d: …%s…", name, err, line, message)
	}
}

// parse(write(parse(x))) == parse(x) on guides of random choices of the categories.
func TestReadWrittenReadAgain(t *testing.T) {
	ids, whole := embeddedIDs(t), embeddedCatalog(t)
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		part := &Catalog{preface: whole.preface, header: whole.header, ending: "\n", byID: map[string]int{}, byLabel: map[string]int{}}
		for _, c := range whole.Categories {
			if random.IntN(3) == 0 {
				part.add(c)
			}
		}
		checkReadAgain(t, part, ids)
	}
}

func checkReadAgain(t *testing.T, catalog *Catalog, ids *IDs) {
	t.Helper()
	var first, second bytes.Buffer
	if err := catalog.WriteGuide(&first); err != nil {
		t.Fatal(err)
	}
	once, err := ParseGuide(first.Bytes(), ids)
	if err != nil {
		t.Fatalf("reading what was written: %v", err)
	}
	if err := once.WriteGuide(&second); err != nil {
		t.Fatal(err)
	}
	again, err := ParseGuide(second.Bytes(), ids)
	if err != nil {
		t.Fatalf("reading it again: %v", err)
	}
	if len(once.Categories) != len(catalog.Categories) || !reflect.DeepEqual(once, again) {
		t.Errorf("read again, the catalogue differs")
	}
}

func FuzzParseGuide(f *testing.F) {
	guide := embeddedFile(f, guideFile)
	ids := embeddedIDs(f)
	f.Add(guide[:bytes.Index(guide, []byte("\n招聘"))])
	f.Add([]byte("# 题\n最终以审核为准。\n一级类目 二级类目\n餐饮 点餐 1、甲:乙\n个人备案:可选\n单位备案:可选,需要资质\n资质上传位置:\n1、甲,乙位置\n需提供《甲》或乙\n"))
	f.Add([]byte("# 题\n最终以\n一级类目 二级类目\n其他 咨询广场 / 个人备案:可选\n单位备案:可选\n仅限甲、乙"))
	f.Fuzz(func(t *testing.T, text []byte) {
		catalog, err := ParseGuide(text, ids)
		if err == nil {
			checkReadAgain(t, catalog, ids)
		}
		if imported, register, err := Import(text, catalog, ids); err == nil {
			checkReadAgain(t, imported, register)
		}
	})
}

func BenchmarkParseGuide(b *testing.B) {
	guide, ids := embeddedFile(b, guideFile), embeddedIDs(b)
	for b.Loop() {
		if _, err := ParseGuide(guide, ids); err != nil {
			b.Fatal(err)
		}
	}
}
