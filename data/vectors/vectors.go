// Package vectors holds the table of token vectors, embedded. README.md says
// where it comes from and how it is laid out.
package vectors

import _ "embed"

//go:embed vectors.bin
var table []byte

// Table is the table's bytes. They must not be changed.
func Table() []byte { return table }
