package search

import (
	"context"
	"reflect"
	"testing"
)

func TestRerank(t *testing.T) {
	k := knowledge(t)
	e, err := Open(k)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close() }()
	ctx := context.Background()
	position := func(id string) int {
		i, ok := k.Catalog.Position(id)
		if !ok {
			t.Fatalf("no category %s", id)
		}
		return i
	}
	r := Request{Query: "共享充电宝", Subject: Individual}
	plain, err := e.Search(ctx, r)
	if err != nil {
		t.Fatal(err)
	}

	t.Run("without candidates it is search", func(t *testing.T) {
		got, err := e.Rerank(ctx, r, nil)
		if err != nil || !reflect.DeepEqual(got, plain) {
			t.Errorf("got %+v, %v; want %+v", got, err, plain)
		}
	})
	t.Run("the best among candidates", func(t *testing.T) {
		sharing := position("living-sharing")
		got, err := e.Rerank(ctx, r, []int{position("living-tools"), sharing, sharing})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Results) != 2 || !reflect.DeepEqual(got.Results[0], plain.Results[0]) {
			t.Errorf("results are %+v, want the first of search and one more", got.Results)
		}
		if got.Confidence != plain.Confidence {
			t.Errorf("confidence is %s, search says %s", got.Confidence, plain.Confidence)
		}
	})
	t.Run("the best is not among candidates", func(t *testing.T) {
		got, err := e.Rerank(ctx, r, []int{position("living-tools"), position("dining-other")})
		if err != nil || len(got.Results) != 2 {
			t.Fatalf("got %+v, %v", got, err)
		}
		if got.Confidence != Low || got.Probability > got.Results[0].Score {
			t.Errorf("confidence %s, probability %g; want low and no more than the score", got.Confidence, got.Probability)
		}
	})
	t.Run("all candidates in the order of search", func(t *testing.T) {
		all := make([]int, len(k.Catalog.Categories))
		for i := range all {
			all[i] = i
		}
		wide := r
		wide.Limit = len(all)
		got, err := e.Rerank(ctx, wide, all)
		if err != nil || len(got.Results) != len(all) {
			t.Fatalf("got %d results, %v", len(got.Results), err)
		}
		if !reflect.DeepEqual(got.Results[:len(plain.Results)], plain.Results) {
			t.Error("the first results differ from those of search")
		}
	})
	t.Run("what is no description is ordered as well", func(t *testing.T) {
		got, err := e.Rerank(ctx, Request{Query: "。。。"}, []int{position("living-tools")})
		if err != nil || got.Confidence != None || len(got.Results) != 1 {
			t.Errorf("got %+v, %v; want one result at confidence none", got, err)
		}
	})
	t.Run("a request at fault", func(t *testing.T) {
		if _, err := e.Rerank(ctx, Request{Query: " "}, []int{0}); err == nil {
			t.Error("an empty description was answered")
		}
	})
}
