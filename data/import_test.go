package data

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

// edit is the official guide with some words exchanged, each of which must be there.
func edit(t *testing.T, pairs ...string) []byte {
	t.Helper()
	guide := string(embeddedFile(t, guideFile))
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(guide, pairs[i]) {
			t.Fatalf("the guide has no %q", pairs[i])
		}
		guide = strings.Replace(guide, pairs[i], pairs[i+1], 1)
	}
	return []byte(guide)
}

func importEdited(t *testing.T, pairs ...string) (*Catalog, *IDs) {
	t.Helper()
	catalog, ids, err := Import(edit(t, pairs...), embeddedCatalog(t), embeddedIDs(t))
	if err != nil {
		t.Fatal(err)
	}
	return catalog, ids
}

const (
	organizationAndNone = "单位备案:可选,需符合单位经营范围\n/\n"
	newRow              = "宠物殡葬 适用于宠物火化 和 安葬等服务 个人备案:不建议选择\n" + organizationAndNone
)

func TestImportKeepsIDs(t *testing.T) {
	catalog, ids := importEdited(t, "丽人 适用于", "美丽 适用于", // renamed
		"公证 适用于提供在线", newRow+"公证 适用于提供在线", // added
		"导航 适用于提供出行交通路面状况查询、实时播报、预测等服务 个人备案:不建议选择\n"+organizationAndNone, "") // removed
	for _, row := range []struct{ id, label string }{
		{"living-beauty", "生活服务>美丽"}, {"living-new1", "生活服务>宠物殡葬"}, {"living-notary", "生活服务>公证"}, {"living-bills", "生活服务>生活缴费"},
	} {
		if c := catalog.Find(row.id); c == nil || c.Label() != row.label {
			t.Errorf("%s is %+v, want %s", row.id, c, row.label)
		}
	}
	if catalog.Find("transport-navigation") != nil {
		t.Error("a removed category is still there")
	}
	if _, kept := ids.Path("transport-navigation"); !kept {
		t.Error("the id of a removed category was given up")
	}
	if definition := catalog.Find("living-new1").Definition; definition != "适用于宠物火化 和 安葬等服务" {
		t.Errorf("the new definition was split: %q", definition)
	}
}

func TestImportedRegisterReadsTheNewGuide(t *testing.T) {
	catalog, ids := importEdited(t, "丽人 适用于", "美丽 适用于", "\n其他 宗教信息", "\n养老服务 上门照护 适用于照护 个人备案:可选\n"+organizationAndNone+
		"日间照护 / 个人备案:可选\n"+organizationAndNone+"其他 宗教信息")
	for _, id := range []string{"group1-new1", "group1-new2"} {
		if c := catalog.Find(id); c == nil || c.Path[0] != "养老服务" {
			t.Errorf("%s is %+v, want one under the new first level", id, c)
		}
	}
	var guide, register bytes.Buffer
	if err := catalog.WriteGuide(&guide); err != nil {
		t.Fatal(err)
	}
	if err := ids.Write(&register); err != nil {
		t.Fatal(err)
	}
	reread, err := ParseIDs(register.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseGuide(guide.Bytes(), reread)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again, catalog) {
		t.Error("the guide read with the new register differs from the import")
	}
}

// A renaming is believed for a definition that says something only.
func TestImportProposesNoRenamingForAnEmptyDefinition(t *testing.T) {
	catalog, _ := importEdited(t, "道路救援 /", "拖车 /")
	if c := catalog.Find("car-new1"); c == nil || c.Path[1] != "拖车" {
		t.Errorf("car-new1 is %+v, want the new name", c)
	}
}

// Definitions may be short words with spaces between, which look like names.
func TestImportSplitsDefinitionsThatLookLikeNames(t *testing.T) {
	catalog, _ := importEdited(t, "Etc /", "Etc 电子 收费", "道路救援 /", "拖车 拖车类")
	for id, want := range map[string]string{"car-etc": "电子 收费", "car-new1": "拖车类"} {
		if c := catalog.Find(id); c == nil || c.Path[0] != "汽车服务" || c.Definition != want {
			t.Errorf("%s is %+v, want the definition %s", id, c, want)
		}
	}
}

func TestImportMendsWhatCopyingDoes(t *testing.T) {
	official := embeddedFile(t, guideFile)
	copied := append([]byte("\ufeff"), bytes.ReplaceAll(official, []byte("\n"), []byte("\r\n"))...)
	catalog, _, err := Import(append(copied, "\r\n\r\n"...), nil, embeddedIDs(t))
	if err != nil {
		t.Fatal(err)
	}
	var written bytes.Buffer
	if err := catalog.WriteGuide(&written); err != nil {
		t.Fatal(err)
	}
	if written.String() != string(official)+"\n" {
		t.Error("the mended guide is not the official one")
	}
	if changes := Diff(embeddedCatalog(t), catalog); len(changes) != 0 {
		t.Errorf("a copy shows changes: %v", changes)
	}
}

func TestImportChangesNoArgument(t *testing.T) {
	ids, want := embeddedIDs(t), embeddedIDs(t)
	text := edit(t, "丽人 适用于", "美丽 适用于", "公证 适用于提供在线", newRow+"公证 适用于提供在线")
	before := bytes.Clone(text)
	if _, _, err := Import(text, embeddedCatalog(t), ids); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(ids, want) || !bytes.Equal(text, before) {
		t.Error("Import wrote to its arguments")
	}
}

func TestImportRefusesABrokenGuide(t *testing.T) {
	_, _, err := Import(edit(t, "婚庆 适用于", "婚庆适用于"), nil, embeddedIDs(t))
	checkSyntaxError(t, "broken", err, 40, "expected a row")
}

func TestDiff(t *testing.T) {
	const tail = "适用于提供在线办理公证申请、预约、办理进度查询等"
	for _, row := range []struct {
		name  string
		edits []string
		want  []string
	}{
		{"nothing", nil, nil},
		{"title", []string{"内容选择指引", "内容指引"}, []string{
			"changed title\n  - 小程序备案服务内容选择指引\n  + 小程序备案服务内容指引",
			"changed preface\n  - # 小程序备案服务内容选择指引 ⏎  ⏎ 为了"}},
		{"header", []string{"具体选择(供参考) 备注", "具体选择 备注"}, []string{"changed header\n"}},
		{"added", []string{"公证 适用于提供在线", newRow + "公证 适用于提供在线"}, []string{"added living-new1 生活服务>宠物殡葬"}},
		{"removed", []string{"公证 " + tail + " 个人备案:不建议选择\n" + organizationAndNone, ""}, []string{"removed living-notary 生活服务>公证"}},
		{"renamed", []string{"公证 适用于提供在线", "公正 适用于提供在线"}, []string{"renamed living-notary 生活服务>公正 path\n  - 生活服务>公证\n  + 生活服务>公正"}},
		{"definition", []string{tail, "适用于公证"}, []string{"changed living-notary 生活服务>公证 definition\n  - " + tail + "\n  + 适用于公证"}},
		{"service", []string{"3、日历:适用于提供日历等服务", "3、日历:适用于日历"}, []string{
			"changed living-tools 生活服务>工具 services[3]\n  - 日历:适用于提供日历等服务\n  + 日历:适用于日历"}},
		{"service added", []string{"3、微短剧:适用于提供网络微短剧视频播放、观看等服务", "3、微短剧:适用于提供网络微短剧视频播放、观看等服务\n4、短剧:适用于短剧"}, []string{
			"changed leisure-video 休闲娱乐>视频 services[4]\n  - \n  + 短剧:适用于短剧"}},
		{"rule", []string{tail + " 个人备案:不建议选择", tail + " 个人备案:可选"}, []string{
			"changed living-notary 生活服务>公证 eligibility.individual\n  - 不建议选择\n  + 可选"}},
		{"requirement", []string{"从事直播内容", "从事连麦内容"}, []string{
			"changed leisure-social 休闲娱乐>网络社交 requirements\n  - 直播; 网络文化经营许可证; 前置审批位置\n  + 连麦; 网络文化经营许可证; 前置审批位置",
			"changed leisure-social 休闲娱乐>网络社交 remark\n"}},
		{"restriction", []string{"仅限政府机关、事业单位", "仅限政府机关"}, []string{
			"changed gov-news 政务服务>时政信息 restricted_to\n  - 政府机关、事业单位\n  + 政府机关",
			"changed gov-news 政务服务>时政信息 remark\n"}},
	} {
		now, _ := importEdited(t, row.edits...)
		changes := Diff(embeddedCatalog(t), now)
		if len(changes) != len(row.want) {
			t.Errorf("%s: got %v, want %d changes", row.name, changes, len(row.want))
			continue
		}
		for i, want := range row.want {
			if got := changes[i].String(); !strings.HasPrefix(got, want) {
				t.Errorf("%s:\n got %s\nwant %s", row.name, got, want)
			}
		}
	}
}
