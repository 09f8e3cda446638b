package data

import (
	"fmt"
	"io/fs"
	"strings"
)

const contrastsFile = "contrasts.txt"

// A contrast is a block of five lines, each once; # comments and blank lines may stand
// anywhere:
//
//	pair: retail-own-shop | retail-marketplace
//	ask: 只卖自己的货,还是也让别的商家来卖?
//	a: 只卖自己的 | 自营 自家
//	b: 让商家入驻 | 入驻 商家 招商
//	why: 释义里前者是商家自营,后者是为多个经营者提供交易的平台

// Contrast is a pair of categories that are easily mixed up and the one question that
// tells them apart. A and B are positions in the catalogue; cues are the words in
// a description that answer the question unasked.
type Contrast struct {
	A, B           int
	Ask            string
	ReplyA, ReplyB string
	CuesA, CuesB   []string
	Why            string
	Line           int
}

// contrastKeys in the order in which a block has them.
func contrastKeys() []string { return []string{"pair", "ask", "a", "b", "why"} }

func loadContrasts(fsys fs.FS, catalog *Catalog, ids *IDs) ([]Contrast, error) {
	text, err := fs.ReadFile(fsys, contrastsFile)
	if err != nil {
		return nil, fmt.Errorf("reading the contrasts: %w", err)
	}
	return parseContrasts(string(text), catalog, ids)
}

// parseContrasts reads all blocks. A pair with a category that the guide has dropped is
// checked and left out.
func parseContrasts(text string, catalog *Catalog, ids *IDs) ([]Contrast, error) {
	p := &contrastParser{catalog: catalog, ids: ids}
	if err := eachLine(contrastsFile, text, p.line); err != nil {
		return nil, err
	}
	if p.at != 0 {
		return nil, syntaxErrorf(contrastsFile, p.block.Line, "expected five lines from pair: to why:, found no %s:", contrastKeys()[p.at])
	}
	return p.contrasts, nil
}

type contrastParser struct {
	catalog   *Catalog
	ids       *IDs
	contrasts []Contrast
	block     Contrast
	at        int  // which of contrastKeys comes next
	dropped   bool // the block names a category that the guide no longer has
}

func (p *contrastParser) line(line int, content string) error {
	key, value, _ := strings.Cut(content, ":")
	value = strings.TrimSpace(value)
	keys := contrastKeys()
	if strings.TrimSpace(key) != keys[p.at] || value == "" {
		return syntaxErrorf(contrastsFile, line, "expected %s: …, found %s", keys[p.at], quoted(content))
	}
	if p.at == 0 {
		p.block, p.dropped = Contrast{Line: line}, false
	}
	if err := p.set(keys[p.at], value); err != nil {
		return syntaxErrorf(contrastsFile, line, "%v", err)
	}
	p.at = (p.at + 1) % len(keys)
	if p.at == 0 && !p.dropped {
		p.contrasts = append(p.contrasts, p.block)
	}
	return nil
}

func (p *contrastParser) set(key, value string) (err error) {
	switch key {
	case "pair":
		return p.setPair(value)
	case "ask":
		p.block.Ask = value
	case "a":
		p.block.ReplyA, p.block.CuesA, err = replyAndCues(value)
	case "b":
		p.block.ReplyB, p.block.CuesB, err = replyAndCues(value)
	case "why":
		p.block.Why = value
	}
	return err
}

func (p *contrastParser) setPair(value string) error {
	a, b, ok := strings.Cut(value, "|")
	if !ok {
		return fmt.Errorf("expected two ids with | between, found %s", quoted(value))
	}
	var err error
	if p.block.A, err = p.category(strings.TrimSpace(a)); err != nil {
		return err
	}
	if p.block.B, err = p.category(strings.TrimSpace(b)); err != nil {
		return err
	}
	if strings.TrimSpace(a) == strings.TrimSpace(b) {
		return fmt.Errorf("expected two different ids, found %s twice", strings.TrimSpace(a))
	}
	return nil
}

func (p *contrastParser) category(id string) (int, error) {
	if i, ok := p.catalog.Position(id); ok {
		return i, nil
	}
	if _, known := p.ids.Path(id); !known {
		return 0, fmt.Errorf("expected an id of %s, found %s", idsFile, quoted(id))
	}
	p.dropped = true
	return 0, nil
}

func replyAndCues(value string) (string, []string, error) {
	reply, cues, ok := strings.Cut(value, "|")
	reply = strings.TrimSpace(reply)
	if !ok || reply == "" || strings.TrimSpace(cues) == "" {
		return "", nil, fmt.Errorf("expected a reply, |, and cues with spaces between, found %s", quoted(value))
	}
	return reply, strings.Fields(cues), nil
}
