package data

import (
	"embed"
	"io/fs"
)

//go:embed guide.txt ids.tsv lexicon/*.txt none.txt noise.txt english.txt confusables.txt negations.txt segments.txt contrasts.txt subjects.txt boundaries.md
var embedded embed.FS

// Embedded is the knowledge that the program carries inside itself.
func Embedded() fs.FS { return embedded }
