package search

import (
	"html"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"leimu/data"
	"leimu/index"
)

func TestMark(t *testing.T) {
	for _, row := range []struct {
		text  string
		words []string
		want  string
	}{
		{"提供共享充电宝", []string{"充电宝"}, "提供共享<mark>充电宝</mark>"},
		{"提供共享充电宝", nil, "提供共享充电宝"},
		{"", []string{"店"}, ""},
		{"店", []string{""}, "店"},
		{"车、车、车", []string{"车"}, "<mark>车</mark>、<mark>车</mark>、<mark>车</mark>"},
		{"充电宝充电", []string{"充电", "充电宝"}, "<mark>充电宝</mark><mark>充电</mark>"}, // the longest first
		{"<b>店</b> & \"铺\"", []string{"店"}, "&lt;b&gt;<mark>店</mark>&lt;/b&gt; &amp; &#34;铺&#34;"},
		{"<b>店</b>", []string{"b", "<", "</b>"}, "<mark>&lt;</mark><mark>b</mark>&gt;店<mark>&lt;/b&gt;</mark>"},
		{"a&amp;b", []string{"amp"}, "a&amp;<mark>amp</mark>;b"},
		{"<script>", []string{"<script>"}, "<mark>&lt;script&gt;</mark>"},
		// traditional text, full width and capitals are marked as they were written
		{"共享充電寶租借", []string{"充电宝"}, "共享<mark>充電寶</mark>租借"},
		{"ＫＴＶ包厢", []string{"ktv"}, "<mark>ＫＴＶ</mark>包厢"},
		{"办理ETC", []string{"etc"}, "办理<mark>ETC</mark>"},
	} {
		if got := mark(row.text, index.Normalize(row.text), row.words); got != row.want {
			t.Errorf("mark(%q, %q) = %q, want %q", row.text, row.words, got, row.want)
		}
	}
}

// unmarked takes <mark> and escapes away again, and fails on any other tag.
func unmarked(t *testing.T, marked string) string {
	t.Helper()
	text := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(marked)
	if strings.ContainsAny(text, "<>\"'") {
		t.Fatalf("%q is not escaped", marked)
	}
	if open, shut := strings.Count(marked, "<mark>"), strings.Count(marked, "</mark>"); open != shut {
		t.Fatalf("%q opens %d marks and shuts %d", marked, open, shut)
	}
	return html.UnescapeString(text)
}

// FuzzMark: whatever is marked, the text stays, escaped.
func FuzzMark(f *testing.F) {
	f.Add("共享充電寶<b>", "充电宝", "<b")
	f.Add("a&amp;b", "amp;", "&")
	f.Add("㌔店\u0301e\u0301", "e", "店")
	f.Fuzz(func(t *testing.T, text, a, b string) {
		if !utf8.ValidString(text) {
			return
		}
		if got := unmarked(t, mark(text, index.Normalize(text), []string{a, b})); got != text {
			t.Errorf("mark(%q, %q, %q) makes it %q", text, a, b, got)
		}
	})
}

func TestDistinctKeepsEachWordOnce(t *testing.T) {
	words := []index.Match{{Text: "洗车"}, {Text: "美容", Field: index.FieldTerms}, {Text: "洗车"}}
	want := []Match{{"洗车", "name"}, {"美容", "terms"}}
	if got := distinct(words); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := distinct(nil); got == nil || len(got) > 0 {
		t.Errorf("no words give %v, want an empty list", got)
	}
}

// TestHighlightIsTheGuidesText: with marks and escapes taken away, a highlight is
// the definition of the service told, or of the category; hostile descriptions
// put nothing into it.
func TestHighlightIsTheGuidesText(t *testing.T) {
	e := testEngine(t)
	texts := []string{`<script>alert("共享充电宝")</script>`, `"><img src=x onerror=alert(1)> 医院挂号`, "<mark>点餐</mark> & 外卖",
		"共享充電寶", "ＫＴＶ包廂", "\u202e充电\u0000宝", "''; DROP TABLE 停车; --", "+停车 -缴费 site:*", "[加油 站](javascript:x)"}
	for _, text := range texts {
		a, err := e.Search(t.Context(), Request{Query: text, Limit: 20})
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for _, r := range a.Results {
			c := e.Catalog().Find(r.Category.ID)
			if got, want := unmarked(t, r.Highlight), toldText(c, r.Service); got != want {
				t.Errorf("%q, %s: highlight of %q, the guide says %q", text, c.ID, got, want)
			}
		}
	}
}

func toldText(c *data.Category, service *ServiceRef) string {
	if service == nil {
		return c.Definition
	}
	for _, s := range c.Services {
		if s.No == service.No && s.Name != "" {
			return s.Name + ":" + s.Definition
		}
		if s.No == service.No {
			return s.Definition
		}
	}
	return "no such service"
}
