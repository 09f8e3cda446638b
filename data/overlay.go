package data

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Overlay lays a directory over the embedded files: a file in it replaces the
// embedded one of the same name, and whole lexicon files may be added.
func Overlay(dir string) (fs.FS, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("laying a directory over the data: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("laying a directory over the data: %s is no directory", dir)
	}
	return overlay{top: os.DirFS(dir), base: Embedded()}, nil
}

// overlay reads from top what is there and the rest from base.
type overlay struct{ top, base fs.FS }

// Open opens one file. A directory is better read by ReadDir, which joins both.
func (o overlay) Open(name string) (fs.File, error) {
	file, err := o.top.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.base.Open(name)
	}
	return file, err
}

// ReadDir lists the names of both, sorted, top's entry where both have one.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	above, err := fs.ReadDir(o.top, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	below, err := fs.ReadDir(o.base, name)
	if err != nil && (len(above) == 0 || !errors.Is(err, fs.ErrNotExist)) {
		return nil, err
	}
	byName := func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) }
	// The sort is stable: of two equal names the one from top stays.
	entries := append(above, below...)
	slices.SortStableFunc(entries, byName)
	return slices.CompactFunc(entries, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() }), nil
}
