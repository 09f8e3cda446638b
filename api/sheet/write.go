package sheet

import "strings"

// AppendRecord adds a record of CSV or TSV to a buffer, quoted where it must be.
func AppendRecord(buffer []byte, cells []string, comma byte, lineEnd string) []byte {
	for i, cell := range cells {
		if i > 0 {
			buffer = append(buffer, comma)
		}
		cell = strings.ToValidUTF8(cell, "\uFFFD")
		if strings.IndexByte(cell, comma) < 0 && !strings.ContainsAny(cell, "\"\r\n") {
			buffer = append(buffer, cell...)
			continue
		}
		buffer = append(buffer, '"')
		buffer = append(buffer, strings.ReplaceAll(cell, `"`, `""`)...)
		buffer = append(buffer, '"')
	}
	return append(buffer, lineEnd...)
}

// ByteOrderMark makes Excel read CSV as UTF-8.
const ByteOrderMark = "\uFEFF"
