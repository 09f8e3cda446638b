package data

import (
	"errors"
	"fmt"
	"io/fs"
)

const (
	guideFile      = "guide.txt"
	boundariesFile = "boundaries.md"
)

// Knowledge is everything that leimu knows, read and checked line by line. It is not
// changed after Load, so that any number of readers may share it.
type Knowledge struct {
	Catalog    *Catalog
	IDs        *IDs
	Lexicon    *Lexicon
	Contrasts  []Contrast
	Subjects   []SubjectCue
	Noise      Noise
	Language   Language
	Boundaries string // how the project decides where the guide leaves it open, in Markdown
}

// Load reads the knowledge from the files of Embedded, or of an Overlay over it. The
// error names the first fault of each file that has one.
func Load(fsys fs.FS) (*Knowledge, error) {
	k := &Knowledge{}
	// All else speaks of categories, so nothing can be read without these two.
	if err := k.loadCatalog(fsys); err != nil {
		return nil, err
	}
	var failures [6]error
	k.Lexicon, failures[0] = loadLexicon(fsys, k.Catalog, k.IDs)
	k.Contrasts, failures[1] = loadContrasts(fsys, k.Catalog, k.IDs)
	k.Subjects, failures[2] = loadSubjects(fsys)
	k.Noise, failures[3] = loadNoise(fsys)
	k.Language, failures[5] = loadLanguage(fsys)
	boundaries, err := fs.ReadFile(fsys, boundariesFile)
	k.Boundaries, failures[4] = string(boundaries), err
	if err := errors.Join(failures[:]...); err != nil {
		return nil, err
	}
	return k, nil
}

func (k *Knowledge) loadCatalog(fsys fs.FS) (err error) {
	register, err := fs.ReadFile(fsys, idsFile)
	if err != nil {
		return fmt.Errorf("reading the ids: %w", err)
	}
	if k.IDs, err = ParseIDs(register); err != nil {
		return err
	}
	guide, err := fs.ReadFile(fsys, guideFile)
	if err != nil {
		return fmt.Errorf("reading the guide: %w", err)
	}
	if k.Catalog, err = ParseGuide(guide, k.IDs); err != nil {
		return fmt.Errorf("reading %s: %w", guideFile, err)
	}
	return nil
}
