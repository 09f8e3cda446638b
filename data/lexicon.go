package data

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A lexicon file is named by its category's id. It holds, a text a line, how people
// speak of it, in sections by kind; a number after the kind names the service
// that the texts are about, a TAB and a number after a text weaken it:
//
//	# comment
//	[terms 2]
//	轮椅
//	借伞	0.5
//	[spoken]
//	手机没电了想找个地方借一个

const (
	lexiconDir = "lexicon"
	lexiconExt = ".txt"
	noneFile   = "none.txt"
)

// textLimit is the length in characters that a query may have; no text about one
// category is longer.
const textLimit = 200

// Kind tells how a lexicon text speaks.
type Kind string

const (
	KindTerms    Kind = "terms"    // names of things, trades, places, roles
	KindShort    Kind = "short"    // names of programs and pairs of keywords
	KindSpoken   Kind = "spoken"   // needs in plain speech, often without the word itself
	KindIntros   Kind = "intros"   // introductions, as app stores write
	KindMixed    Kind = "mixed"    // English and mixed
	KindContrast Kind = "contrast" // near a neighbour, one detail decides
	KindExamples Kind = "examples" // descriptions of all lengths
	KindReal     Kind = "real"     // texts of real programs
)

// Kinds lists every kind of text.
func Kinds() []Kind {
	return []Kind{KindTerms, KindShort, KindSpoken, KindIntros, KindMixed, KindContrast, KindExamples, KindReal}
}

// Entry is one text of the lexicon. Category is its position in the catalogue,
// Service the number of the service that it is about, 0 for none in particular.
// There are more than a hundred thousand: numbers are kept small.
type Entry struct {
	Text     string
	Kind     Kind
	Weight   float32
	Line     int32 // of the category's file
	Category int16
	Service  int16
}

// Lexicon is how people speak: of each category in the catalogue's order, and None,
// texts that fit no category.
type Lexicon struct {
	Entries []Entry
	None    []string

	noneLines []int // line of each text in none.txt
}

// loadLexicon reads lexicon/*.txt and none.txt. It reads on past a bad file, so that a person
// who mends them sees the first error of each.
func loadLexicon(fsys fs.FS, catalog *Catalog, ids *IDs) (*Lexicon, error) {
	texts, err := readLexiconFiles(fsys, catalog)
	failures := []error{err, checkLexiconNames(fsys, ids)}
	// Tens of thousands of entries: made room for at once they load in a third of the time.
	lines := 0
	for _, text := range texts {
		lines += strings.Count(text, "\n") + 1
	}
	lexicon := &Lexicon{Entries: make([]Entry, 0, lines)}
	for i, text := range texts {
		category := &catalog.Categories[i]
		lexicon.Entries, err = parseLexicon(lexicon.Entries, lexiconPath(category), text, i, category)
		failures = append(failures, err)
	}
	failures = append(failures, lexicon.loadNone(fsys))
	if err := errors.Join(failures...); err != nil {
		return nil, fmt.Errorf("reading the lexicon: %w", err)
	}
	return lexicon, nil
}

// readLexiconFiles returns the text of each category's file, empty where there is none:
// Validate speaks of categories without words.
func readLexiconFiles(fsys fs.FS, catalog *Catalog) ([]string, error) {
	texts := make([]string, len(catalog.Categories))
	for i := range catalog.Categories {
		text, err := fs.ReadFile(fsys, lexiconPath(&catalog.Categories[i]))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return texts, err
		}
		texts[i] = string(text)
	}
	return texts, nil
}

func lexiconPath(c *Category) string { return lexiconDir + "/" + c.ID + lexiconExt }

// checkLexiconNames refuses files that no category would read. The file of a category
// that the guide has dropped may stay: its id lives on in the register.
func checkLexiconNames(fsys fs.FS, ids *IDs) error {
	files, err := fs.ReadDir(fsys, lexiconDir)
	if err != nil {
		return err
	}
	var failures []error
	for _, file := range files {
		id, isText := strings.CutSuffix(file.Name(), lexiconExt)
		if !isText {
			continue
		}
		if _, known := ids.Path(id); !known {
			failures = append(failures, syntaxErrorf(lexiconDir+"/"+file.Name(), 1,
				"expected a file name that is an id of %s, found %s", idsFile, quoted(id)))
		}
	}
	return errors.Join(failures...)
}

// parseLexicon appends the texts of one category's file to entries.
func parseLexicon(entries []Entry, file, text string, position int, category *Category) ([]Entry, error) {
	entry := Entry{Category: int16(position)}
	err := eachLine(file, text, func(line int, content string) error {
		var (
			weight float64
			err    error
		)
		if content[0] == '[' {
			var service int
			entry.Kind, service, err = lexiconSection(content, category)
			entry.Service = int16(service)
		} else if entry.Kind == "" {
			err = errors.New("expected a section before the first text: start with [" + string(KindTerms) + "]")
		} else if entry.Text, weight, err = cutWeight(content); err == nil {
			entry.Weight, entry.Line = float32(weight), int32(line)
			if err = checkLength(entry.Text); err == nil {
				entries = append(entries, entry)
			}
		}
		if err != nil {
			return syntaxErrorf(file, line, "%v", err)
		}
		return nil
	})
	return entries, err
}

// lexiconSection reads [kind] and [kind service].
func lexiconSection(content string, category *Category) (Kind, int, error) {
	inside, ok := sectionName(content)
	if !ok {
		return "", 0, fmt.Errorf("expected a section such as [terms 2], found %s: a text can't start with [", quoted(content))
	}
	name, number, numbered := strings.Cut(inside, " ")
	kind, err := kindOf(name)
	if err != nil || !numbered {
		return kind, 0, err
	}
	no, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || category.Service(no) == nil {
		return "", 0, fmt.Errorf("expected a service number of %s (it has %d), found %s",
			category.ID, len(category.Services), quoted(number))
	}
	return kind, no, nil
}

func kindOf(name string) (Kind, error) {
	names := make([]string, 0, len(Kinds()))
	for _, kind := range Kinds() {
		if string(kind) == name {
			return kind, nil
		}
		names = append(names, string(kind))
	}
	return "", fmt.Errorf("unknown section %s: expected one of %s", quoted(name), strings.Join(names, ", "))
}

func checkLength(text string) error {
	// Counting characters is the dear part: bytes settle most texts.
	if len(text) <= textLimit {
		return nil
	}
	if n := utf8.RuneCountInString(text); n > textLimit {
		return fmt.Errorf("expected at most %d characters, found %d: split the text, or shorten it", textLimit, n)
	}
	return nil
}

// loadNone reads the texts that fit nothing.
func (l *Lexicon) loadNone(fsys fs.FS) error {
	text, err := fs.ReadFile(fsys, noneFile)
	if err != nil {
		return err
	}
	return l.parseNone(string(text))
}

func (l *Lexicon) parseNone(text string) error {
	return eachLine(noneFile, text, func(line int, content string) error {
		if err := checkLength(content); err != nil {
			return syntaxErrorf(noneFile, line, "%v", err)
		}
		l.None = append(l.None, content)
		l.noneLines = append(l.noneLines, line)
		return nil
	})
}
