// Package dictionary holds the word lists as plain text, embedded: which words
// there are, and how characters are read. README.md says how each is made.
package dictionary

import _ "embed"

//go:embed words.txt
var words string

//go:embed user.txt
var user string

//go:embed pinyin.txt
var pinyin string

//go:embed heteronyms.txt
var heteronyms string

// Words is the general dictionary: lines "word frequency".
func Words() string { return words }

// User lists the words of this field: lines "word [frequency]".
func User() string { return user }

// Pinyin is the readings of characters, the commonest first: lines
// "character reading…".
func Pinyin() string { return pinyin }

// Heteronyms is the right reading of words that the character table reads
// wrongly: lines "word reading…", one for each character.
func Heteronyms() string { return heteronyms }
