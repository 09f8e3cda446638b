package sheet

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// saved is a workbook as Excel would have written it.
func saved(t testing.TB, fill func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	path := filepath.Join(t.TempDir(), "in.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func set(t testing.TB, f *excelize.File, cell string, value any) {
	t.Helper()
	if err := f.SetCellValue("Sheet1", cell, value); err != nil {
		t.Fatal(err)
	}
}

func readBook(t testing.TB, path string) []string {
	t.Helper()
	book, err := OpenWorkbook(path, ColumnOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}()
	return readAll(t, book.Reader)
}

func TestReadWorkbook(t *testing.T) {
	path := saved(t, func(f *excelize.File) {
		for i, name := range []string{"编号", "描述", "日期", "数"} {
			set(t, f, fmt.Sprintf("%c1", 'A'+i), name)
		}
		set(t, f, "A2", "007")
		set(t, f, "B2", "共享\n充电宝 & <b>")
		set(t, f, "C2", time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC))
		set(t, f, "D2", 0.1)
		set(t, f, "B4", "代驾") // row 3 is left out, A4 as well
		set(t, f, "D4", true)
		if err := f.SetCellRichText("Sheet1", "B5", []excelize.RichTextRun{{Text: "拼"}, {Text: "车", Font: &excelize.Font{Bold: true}}}); err != nil {
			t.Fatal(err)
		}
		set(t, f, "A9", " ") // blank at the end
		if _, err := f.NewSheet("Sheet2"); err != nil {
			t.Fatal(err)
		}
	})
	want := []string{"2 007|共享\n充电宝 & <b>|2026-11-25|0.1", "3 ", "4 |代驾||TRUE", "5 |拼车"}
	got := readBook(t, path)
	if !strings.HasPrefix(got[0], "2 007|共享\n充电宝 & <b>|2026-11-25") {
		t.Errorf("the date is %q", got[0])
	}
	got[0] = strings.Replace(got[0], " 00:00:00", "", 1)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReadHiddenSheet(t *testing.T) {
	path := saved(t, func(f *excelize.File) {
		if _, err := f.NewSheet("真"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("真", "A1", &[]string{"描述"}); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("真", "A2", &[]string{"代驾"}); err != nil {
			t.Fatal(err)
		}
		f.SetActiveSheet(1)
		if err := f.SetSheetVisible("Sheet1", false); err != nil {
			t.Fatal(err)
		}
	})
	if got := readBook(t, path); !reflect.DeepEqual(got, []string{"2 代驾"}) {
		t.Errorf("got %q", got)
	}
}

// Many texts lie on disk.
func TestReadManyStrings(t *testing.T) {
	const rows = 3000
	long := strings.Repeat("长", 1500) // 13 MB in all
	path := saved(t, func(f *excelize.File) {
		set(t, f, "A1", "描述")
		for i := range rows {
			set(t, f, fmt.Sprintf("A%d", i+2), fmt.Sprint(i, long))
		}
	})
	got := readBook(t, path)
	if len(got) != rows {
		t.Fatalf("%d rows, want %d", len(got), rows)
	}
	for i, row := range got {
		if want := fmt.Sprint(i+2, " ", i, long); row != want {
			t.Fatalf("row %d is %.40q", i, row)
		}
	}
}

func TestWriteWorkbook(t *testing.T) {
	header := []string{"描述", "数", "长"}
	row := []string{"a & <b>\n\"\x01", "12.5", strings.Repeat("字", xlsxCharacters+5)}
	write := func() []byte {
		var out bytes.Buffer
		w, err := NewWorkbook(&out, header)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Append(row); err != nil {
			t.Fatal(err)
		}
		if err := w.Append([]string{"007", "", "610102199001011234"}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	once := write()
	if !bytes.Equal(once, write()) {
		t.Error("the same rows gave other bytes")
	}
	f, err := excelize.OpenReader(bytes.NewReader(once))
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{header, {"a & <b>\n\"\uFFFD", "12.5", strings.Repeat("字", xlsxCharacters)}, {"007", "", "610102199001011234"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %.100q", got)
	}
	if kind, _ := f.GetCellType("Sheet1", "B2"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a number is kept as %v", kind)
	}
	path := filepath.Join(t.TempDir(), "out.xlsx")
	if err := os.WriteFile(path, once, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := readBook(t, path); len(got) != 2 || got[1] != "3 007||610102199001011234" {
		t.Errorf("read back %.60q", got)
	}
}

func TestColumnNames(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := columnName(i); got != want || columnNumber(got+"7") != i {
			t.Errorf("column %d is %s, want %s; read back %d", i, got, want, columnNumber(got+"7"))
		}
	}
}

func TestNoWorkbook(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "csv": "描述,主体\n", "xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cut zip": "PK\x03\x04abc",
	} {
		path := filepath.Join(t.TempDir(), "in.xlsx")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenWorkbook(path, ColumnOptions{}); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
}

// FuzzWorkbook: broken workbooks give errors, never a panic. The sheet's XML is what
// is fuzzed; a zip around it that is broken is archive/zip's matter, and a seed.
func FuzzWorkbook(f *testing.F) {
	var out bytes.Buffer
	w, err := NewWorkbook(&out, []string{"描述"})
	if err != nil {
		f.Fatal(err)
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes(), []byte(nil))
	for _, seed := range []string{`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, `<row><c t="inlineStr"><is><t>描述</t></is></c></row><row r="1048576"><c r="XFD1"><v>1e9</v></c></row>`,
		`<row r="2"/><row r="1"/>`, `<row><c s="99" r="ZZZZZ1"><v>x</v></c>`, `<row><c t="s"><v>-1</v></c></row>`, `<row><c s="1"><v>46351.5</v></c></row>`} {
		f.Add(out.Bytes(), []byte(seed))
	}
	f.Fuzz(func(t *testing.T, book, sheet []byte) {
		path := filepath.Join(t.TempDir(), "in.xlsx")
		if sheet != nil {
			s := &Workbook{sheetReader: sheetReader{xml: newTokens(bytes.NewReader(append([]byte(sheetStart), sheet...))), dates: []bool{false, true}}}
			for n := 0; n < 100; n++ {
				if _, err := s.next(); err != nil {
					break
				}
			}
			return
		}
		if err := os.WriteFile(path, book, 0o600); err != nil {
			t.Fatal(err)
		}
		opened, err := OpenWorkbook(path, ColumnOptions{Text: "1"})
		if err != nil {
			return
		}
		for n := 0; n < 100; n++ {
			if _, err := opened.Next(); err != nil {
				break
			}
		}
		_ = opened.Close()
	})
}
