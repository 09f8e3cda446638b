package data

import (
	"bufio"
	"fmt"
	"io"
)

// WriteGuide writes the guide that the catalogue was read from, byte for byte.
func (c *Catalog) WriteGuide(w io.Writer) error {
	out := bufio.NewWriter(w)
	out.WriteString(c.preface)
	out.WriteString(c.header)
	first := ""
	for i := range c.Categories {
		category := &c.Categories[i]
		out.WriteByte('\n')
		if category.Path[0] != first {
			first = category.Path[0]
			out.WriteString(first + " ")
		}
		writeRow(out, category)
	}
	out.WriteString(c.ending)
	// bufio keeps the first error of all writes for Flush.
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the guide: %w", err)
	}
	return nil
}

// writeRow writes one category without its first level.
func writeRow(out *bufio.Writer, c *Category) {
	separator := " "
	if len(c.Services) > 0 {
		separator = "\n"
	}
	fmt.Fprintf(out, "%s %s%s", c.Path[1], c.Definition, separator)
	fmt.Fprintf(out, "%s%s\n", individualKey, c.Eligibility.Individual.Text)
	fmt.Fprintf(out, "%s%s\n", orgKey, c.Eligibility.Organization.Text)
	out.WriteString(c.Remark)
}
