package index

import (
	"testing"

	"github.com/blevesearch/bleve/v2/registry"
)

func TestTokenizer(t *testing.T) {
	stream := NewTokenizer(newTestSegmenter(t), Part).Tokenize([]byte("借 充电宝,ktv"))
	want := []struct {
		term                 string
		start, end, position int
	}{
		{"借", 0, 3, 1},
		{"充电宝", 4, 13, 2},
		{"充电", 4, 10, 2},
		{"ktv", 14, 17, 3},
	}
	if len(stream) != len(want) {
		t.Fatalf("%d tokens, want %d: %v", len(stream), len(want), stream)
	}
	for i, token := range stream {
		w := want[i]
		if string(token.Term) != w.term || token.Start != w.start || token.End != w.end || token.Position != w.position {
			t.Errorf("token %d is %v, want %v", i, token, w)
		}
	}
}

func TestTokenizerIsRegisteredOnce(t *testing.T) {
	if err := registry.RegisterTokenizer(TokenizerName, newTokenizer); err == nil {
		t.Error("the name was free")
	}
	if _, err := newTokenizer(map[string]any{}, nil); err == nil {
		t.Error("a tokenizer without a segmenter")
	}
}
