package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"leimu/api/rows"
)

// readAll lists the rows of a table: its cells, or the kind of its fault.
func readAll(t testing.TB, r *Reader) []string {
	t.Helper()
	var got []string
	for {
		row, err := r.Next()
		if err == io.EOF {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
		var fault *rows.Fault
		if errors.As(row.Fault, &fault) {
			got = append(got, fmt.Sprintf("%d %s", row.Line, fault.Kind))
		} else {
			got = append(got, fmt.Sprintf("%d %s", row.Line, strings.Join(row.Cells, "|")))
		}
	}
}

func TestDelimited(t *testing.T) {
	for _, test := range []struct {
		name, text string
		format     Format
		want       []string
	}{
		{"plain", "描述,主体\n代驾,个人\n", CSV, []string{"2 代驾|个人"}},
		{"no last line end", "描述,主体\n代驾,个人", CSV, []string{"2 代驾|个人"}},
		{"CRLF", "描述,主体\r\n代驾,个人\r\n", CSV, []string{"2 代驾|个人"}},
		{"mark", "\ufeff描述,主体\n代驾,个人\n", CSV, []string{"2 代驾|个人"}},
		{"quotes", "描述,主体\n\"a,b\"\"c\",\"\"\n", CSV, []string{"2 a,b\"c|"}},
		{"line break in quotes", "描述,主体\n\"a\r\nb\n\",x\nc,d\n", CSV, []string{"2 a\r\nb\n|x", "5 c|d"}},
		{"quote inside", "描述,主体\n5\"屏,x\n\"a\"b,x\n", CSV, []string{"2 5\"屏|x", "3 open_quote"}},
		{"open quote", "描述,主体\n\"a,b\nc,d\ne,f\n", CSV, []string{"2 open_quote", "3 c|d", "4 e|f"}},
		{"short row", "描述,主体\n代驾\n", CSV, []string{"2 代驾"}},
		{"long row, empty cells", "描述,主体\n代驾,个人,,\n", CSV, []string{"2 代驾|个人"}},
		{"long row", "描述,主体\n代驾,个人,x\n", CSV, []string{"2 too_many_cells"}},
		{"commas in the last column", "主体,描述\n个人,买菜,送菜,洗菜\n", CSV, []string{"2 个人|买菜,送菜,洗菜"}},
		{"blank rows", "\n描述,主体\n\n代驾,x\n,\n\n拼车,y\n\n,\n", CSV, []string{"3 ", "4 代驾|x", "5 ", "6 ", "7 拼车|y"}},
		{"semicolons", "描述;主体\na,b;c\n", CSV, []string{"2 a,b|c"}},
		{"tabs in .csv", "描述\t主体\na,b\tc\n", CSV, []string{"2 a,b|c"}},
		{"TSV", "描述\t主体\na,\"b\t\"c\td\"\n", TSV, []string{"2 a,\"b|c\td"}},
		{"one column, header", "描述\n代驾\n", CSV, []string{"2 代驾"}},
		{"one column, none", "代驾\n拼车\n", CSV, []string{"1 代驾", "2 拼车"}},
		{"too long", "描述,主体\n" + strings.Repeat("x", recordLimit+1) + "\na,b\n", CSV, []string{"2 line_too_long", "3 a|b"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := NewDelimited(strings.NewReader(test.text), test.format, ColumnOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if got := readAll(t, r); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const table = "编号,描述\n1,共享充电宝\n2,ABC 宠物医院\n"
	encode := func(text string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	utf16 := "\xff\xfe"
	for _, c := range table {
		utf16 += string([]byte{byte(c), byte(c >> 8)})
	}
	ascii := "id,text\n" + strings.Repeat("1,abc\n", 30_000)
	for name, test := range map[string]struct{ text, want string }{
		"UTF-8":                          {table, table},
		"mark":                           {"\ufeff" + table, table},
		"GB18030":                        {encode(table), table},
		"GB18030 after a long beginning": {ascii + encode("2,电台\n"), ascii + "2,电台\n"},
		"UTF-8 after a long beginning":   {ascii + "2,电台\n", ascii + "2,电台\n"},
		"UTF-16":                         {utf16, table},
		"ASCII":                          {ascii, ascii},
		"four bytes of GB18030":          {encode("描述\n㐀𠀀菜\n"), "描述\n㐀𠀀菜\n"},
		"联通":                             {encode("联通"), "联通"},
		"one bad byte in UTF-8":          {"描述\n代驾\xff拼车\n", "描述\n代驾\xff拼车\n"},
		"empty":                          {"", ""},
	} {
		for _, size := range []int{1, 7, 1 << 20} {
			got, err := io.ReadAll(Text(&inPieces{[]byte(test.text), size}))
			if size == 1 && name == "联通" {
				continue // what a single byte at a time shows isn't enough
			}
			if err != nil || string(got) != test.want {
				t.Errorf("%s in pieces of %d: got %.80q, %v", name, size, got, err)
			}
		}
	}
}

type inPieces struct {
	text []byte
	size int
}

func (p *inPieces) Read(b []byte) (int, error) {
	if len(p.text) == 0 {
		return 0, io.EOF
	}
	n := copy(b, p.text[:min(p.size, len(p.text))])
	p.text = p.text[n:]
	return n, nil
}

func TestGuessColumns(t *testing.T) {
	for _, test := range []struct {
		header                                string
		options                               ColumnOptions
		text, id, candidates, subject, region int
		fails                                 bool
	}{
		{header: "编号|描述|主体|候选|地区", text: 1, id: 0, candidates: 3, subject: 2, region: 4},
		{header: "ID|Name|Description|Subject|Region", text: 2, id: 0, candidates: -1, subject: 3, region: 4},
		{header: "小程序名称*|小程序描述(必填)|备案主体|所在省份", text: 1, id: -1, candidates: -1, subject: 2, region: 3},
		{header: "名称|备注", text: 0, id: -1, candidates: -1, subject: -1, region: -1},
		{header: "ｔｅｘｔ|x", text: 0, id: -1, candidates: -1, subject: -1, region: -1},
		{header: "a|b", fails: true},
		{header: "a|b", options: ColumnOptions{Text: "b"}, text: 1, id: -1, candidates: -1, subject: -1, region: -1},
		{header: "a|b", options: ColumnOptions{Text: "2", Candidates: "1"}, text: 1, id: -1, candidates: 0, subject: -1, region: -1},
		{header: "a|b", options: ColumnOptions{Text: "c"}, fails: true},
		{header: "描述|b", options: ColumnOptions{Candidates: "3"}, fails: true},
		{header: "主体名称|描述", text: 1, id: -1, candidates: -1, subject: 0, region: -1},
	} {
		c, err := GuessColumns(strings.Split(test.header, "|"), test.options)
		if test.fails {
			if err == nil {
				t.Errorf("%s: got %+v, want an error", test.header, c)
			}
			continue
		}
		if err != nil || c.text != test.text || c.id != test.id || c.candidates != test.candidates || c.subject != test.subject || c.region != test.region {
			t.Errorf("%s: got %+v, %v", test.header, c, err)
		}
	}
}

func TestChoose(t *testing.T) {
	for _, test := range []struct {
		asked         Format
		in, out       string
		input, output Format
	}{
		{"", "", "", JSONL, JSONL},
		{CSV, "", "", CSV, CSV},
		{"", "a.csv", "", CSV, CSV},
		{"", "a.csv", "b.xlsx", CSV, XLSX},
		{"", "", "b.tsv", TSV, TSV},
		{CSV, "a.xlsx", "", XLSX, CSV},
		{CSV, "a.txt", "b.txt", CSV, CSV},
		{"", "a.NDJSON", "b", JSONL, JSONL},
	} {
		if input, output := Choose(test.asked, test.in, test.out); input != test.input || output != test.output {
			t.Errorf("%+v: got %s, %s", test, input, output)
		}
	}
}

// FuzzDelimited: any bytes are read without a panic, to an end, and what is
// written is read back the same.
func FuzzDelimited(f *testing.F) {
	for _, seed := range []string{"描述,主体\n\"a\nb\",c\n", "描述\n\"", "描述,b\n\"a\"x\"\"\",\r\n\r\n,,,\n", "text\tb\n\"\t", "\xff\xfea\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, format := range []Format{CSV, TSV} {
			r, err := NewDelimited(bytes.NewReader(text), format, ColumnOptions{Text: "1"})
			if err != nil {
				continue
			}
			got := readAll(t, r)
			if most := bytes.Count(text, []byte("\n")) + bytes.Count(text, []byte("\x00")) + 1; len(got) > most+1 {
				t.Errorf("%d rows of %d lines", len(got), most)
			}
		}
	})
}

// FuzzWrite: encoding/csv reads what is written.
func FuzzWrite(f *testing.F) {
	f.Add("a", "b\"\r\n,", "")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		cells := []string{a, b, c}
		r := csv.NewReader(bytes.NewReader(AppendRecord(nil, cells, ',', "\r\n")))
		got, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		for i := range cells { // encoding/csv makes \r\n in a cell \n
			cells[i] = strings.ReplaceAll(strings.ToValidUTF8(cells[i], "\uFFFD"), "\r\n", "\n")
			got[i] = strings.ReplaceAll(got[i], "\r\n", "\n")
		}
		if !reflect.DeepEqual(got, cells) {
			t.Errorf("wrote %q, read %q", cells, got)
		}
	})
}
