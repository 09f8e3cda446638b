package api

import (
	"html"
	"slices"
	"strings"

	"leimu/data"
	"leimu/search"
)

// card is a category as a page shows it.
type card struct {
	ID         string
	Path       [2]string
	Service    string // the numbered service that fits, "" for none
	Definition []run
	Badges     []badge
	Papers     []data.Requirement // asked of the one who asks, in the region
	Restricted string             // 政府机关、事业单位
	Guide      *data.Category     // in the guide's own words
}

// run is a piece of text, marked where it matches the description.
type run struct {
	Text   string
	Marked bool
}

// badge is a verdict in a sign, words and (by its status) a colour.
type badge struct {
	Subject         search.Subject
	Status          search.VerdictStatus
	Who, Sign, Word string
	Detail          string // the guide's words, where they say more than Word
	Asked           bool   // the subject that asks
}

// Closed tells that the guide advises or rules against it.
func (b badge) Closed() bool {
	return b.Status == search.NotRecommended || b.Status == search.Ineligible
}

func newBadge(v search.Verdict, asked search.Subject) badge {
	b := badge{v.Subject, v.Status, subjectWord(v.Subject), statusSign(v.Status), v.Status.Word(), "", v.Subject == asked}
	if len(v.Reasons) > 0 && v.Reasons[0] != b.Word {
		b.Detail = v.Reasons[0]
	}
	return b
}

// cardOf tells a result. verdicts are those of every subject.
func cardOf(catalog *data.Catalog, r *search.Result, verdicts []search.Verdict, asked search.Subject) card {
	c := card{ID: r.Category.ID, Path: r.Category.Path, Definition: runs(r.Highlight),
		Restricted: strings.Join(r.RestrictedTo, "、"), Guide: catalog.Find(r.Category.ID)}
	if r.Service != nil {
		c.Service = r.Service.Name
	}
	if len(verdicts) == 0 && r.Verdict != nil {
		verdicts = []search.Verdict{*r.Verdict}
	}
	c.judge(r.Requirements, verdicts, asked)
	return c
}

// cardOfCategory tells a category that nobody searched for.
func cardOfCategory(snap *snapshot, c *data.Category, q question) card {
	told := card{ID: c.ID, Path: c.Path, Definition: []run{{Text: c.Definition}},
		Restricted: strings.Join(c.RestrictedTo, "、"), Guide: c}
	var verdicts []search.Verdict
	for _, subject := range search.Subjects() {
		verdicts = append(verdicts, snap.Judge(c, subject, q.Region))
	}
	told.judge(c.Requirements, verdicts, q.Subject)
	return told
}

// judge puts the asked subject first, and keeps the requirements that a verdict
// names: the engine knows which are asked of whom and where.
func (c *card) judge(requirements []data.Requirement, verdicts []search.Verdict, asked search.Subject) {
	for _, v := range verdicts {
		if b := newBadge(v, asked); b.Asked {
			c.Badges = slices.Insert(c.Badges, 0, b)
		} else {
			c.Badges = append(c.Badges, b)
		}
	}
	for _, r := range requirements {
		if slices.ContainsFunc(verdicts, func(v search.Verdict) bool {
			return (asked == "" || v.Subject == asked) && slices.Contains(v.Reasons, r.Text)
		}) {
			c.Papers = append(c.Papers, r)
		}
	}
}

// Asked is the verdict of the subject that asks, nil where none does.
func (c card) Asked() *badge {
	if len(c.Badges) > 0 && c.Badges[0].Asked {
		return &c.Badges[0]
	}
	return nil
}

// Name is the path as it is copied into a form.
func (c card) Name() string { return c.Path[0] + " › " + c.Path[1] }

// runs takes a highlight apart, so that nothing in it is ever taken for markup but
// its marks.
func runs(highlight string) []run {
	var list []run
	add := func(text string, marked bool) {
		if text != "" {
			list = append(list, run{html.UnescapeString(text), marked})
		}
	}
	for highlight != "" {
		before, rest, found := strings.Cut(highlight, "<mark>")
		add(before, false)
		if !found {
			break
		}
		marked, after, _ := strings.Cut(rest, "</mark>")
		add(marked, true)
		highlight = after
	}
	return list
}
