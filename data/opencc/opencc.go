// Package opencc holds OpenCC's tables from traditional to simplified Chinese
// as plain text, embedded. README.md says where they come from and how they
// are made.
//
// Each line is "from<TAB>to"; a line that starts with # is a remark.
package opencc

import _ "embed"

//go:embed characters.txt
var characters string

//go:embed phrases.txt
var phrases string

//go:embed local.txt
var local string

// Characters lists traditional characters with their simplified form.
func Characters() string { return characters }

// Phrases lists phrases that override their characters, and words of Taiwan
// and Hong Kong with the mainland's. A ~ in front marks a word that is good
// mainland Chinese as well and changes in traditional text only.
func Phrases() string { return phrases }

// Local lists more such words, kept by hand; they win over Phrases.
func Local() string { return local }
