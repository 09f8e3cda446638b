package search

import (
	"errors"
	"slices"
	"testing"

	"leimu/data"
)

func knowledge(t testing.TB) *data.Knowledge {
	t.Helper()
	k, err := data.Load(data.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestResolve(t *testing.T) {
	k := knowledge(t)
	r := NewResolver(k.Catalog)
	for _, test := range []struct{ text, id string }{
		{"living-sharing", "living-sharing"},
		{" Living-Sharing ", "living-sharing"},
		{"生活服务-共享服务", "living-sharing"},
		{"生活服务/共享服务", "living-sharing"},
		{"生活服务>共享服务", "living-sharing"},
		{"生活服务 › 共享服务", "living-sharing"},
		{"生活服务—共享服务", "living-sharing"},
		{"生活服务,共享服务", "living-sharing"},
		{"生活服务→共享服务", "living-sharing"},
		{"生活服務-共享服務", "living-sharing"}, // traditional
		{"共享服务", "living-sharing"},
		{"生活服务-摄影/扩印", "living-photography"},
		{"ＫＴＶ", ""},
		{"餐饮-其他", "dining-other"},
	} {
		i, err := r.Resolve(test.text)
		if test.id == "" {
			if err == nil {
				t.Errorf("%s: resolved to %s", test.text, k.Catalog.Categories[i].ID)
			}
			continue
		}
		if err != nil || k.Catalog.Categories[i].ID != test.id {
			t.Errorf("%s: got %d, %v; want %s", test.text, i, err, test.id)
		}
	}
}

func TestResolveAll(t *testing.T) {
	k := knowledge(t)
	r := NewResolver(k.Catalog)
	for i, c := range k.Catalog.Categories {
		for _, text := range []string{c.ID, c.Label(), c.Path[0] + "-" + c.Path[1], c.Path[0] + " / " + c.Path[1]} {
			if got, err := r.Resolve(text); err != nil || got != i {
				t.Errorf("%s: got %d, %v; want %d", text, got, err, i)
			}
		}
	}
}

func TestResolveFaults(t *testing.T) {
	r := NewResolver(knowledge(t).Catalog)
	for _, test := range []struct {
		text  string
		fault CandidateFault
		near  string // an id that must be named
	}{
		{"其他", AmbiguousCandidate, "living-other"},
		{"生活服务", BroadCandidate, "living-bills"},
		{"living-sharng", UnknownCandidate, "living-sharing"},
		{"生活服务-共享", UnknownCandidate, "living-sharing"},
		{"", UnknownCandidate, ""},
		{"›", UnknownCandidate, ""},
		{"一个类目都不像的很长很长的一句话", UnknownCandidate, ""},
	} {
		_, err := r.Resolve(test.text)
		var got *CandidateError
		if !errors.As(err, &got) || got.Fault != test.fault {
			t.Errorf("%q: got %v, want %s", test.text, err, test.fault)
			continue
		}
		if test.near != "" && !slices.ContainsFunc(got.Near, func(ref Ref) bool { return ref.ID == test.near }) {
			t.Errorf("%q: near are %v, want %s among them", test.text, got.Near, test.near)
		}
	}
}
