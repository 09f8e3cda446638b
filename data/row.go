package data

import "strings"

// numberedRuleHint: definitions in clauses are followed by a line of their own.
const numberedRuleHint = "a line that starts with " + individualKey

// readRow reads one category.
func (r *guideReader) readRow() error {
	line := r.at + 1
	start, ok := splitRow(r.peek(), r.first, r.ids)
	if !ok {
		return r.expected("a row (二级类目 释义 …), first with its 一级类目")
	}
	category, err := r.place(start)
	if err != nil {
		return err
	}
	category.Line = line
	if err := r.readCells(&category, start.rest); err != nil {
		return err
	}
	if category.ID, err = r.identify(&category); err != nil {
		return err
	}
	r.catalog.add(category)
	return nil
}

// place puts a row under its first level and refuses one that stands there already.
func (r *guideReader) place(start rowStart) (Category, error) {
	if start.first != "" {
		for i := range r.catalog.Categories {
			if r.catalog.Categories[i].Path[0] == start.first {
				return Category{}, r.errorf("expected 一级类目 %s on its first row only, found it again (first on line %d)",
					quoted(start.first), r.catalog.Categories[i].Line)
			}
		}
		r.first = start.first
	}
	category := Category{Path: [2]string{r.first, start.second}}
	if i, twice := r.catalog.PositionOfLabel(category.Label()); twice {
		return Category{}, r.errorf("expected each category once, found %s again (first on line %d)",
			category.Label(), r.catalog.Categories[i].Line)
	}
	return category, nil
}

// readCells reads definition, rules and remark; rest is what the row's first line
// holds after the names.
func (r *guideReader) readCells(c *Category, rest string) error {
	individual, err := r.readDefinition(c, rest)
	if err != nil {
		return err
	}
	if c.Eligibility.Individual, err = r.rule(individual); err != nil {
		return err
	}
	r.at++
	org, ok := strings.CutPrefix(r.peek(), orgKey)
	if !ok {
		return r.expected(orgKey + "…")
	}
	if c.Eligibility.Organization, err = r.rule(org); err != nil {
		return err
	}
	r.at++
	return r.readRemark(c)
}

// readDefinition leaves the reader on the line with the individual's rule, and
// returns that rule's words.
func (r *guideReader) readDefinition(c *Category, rest string) (string, error) {
	definition, individual, oneLine := strings.Cut(rest, " "+individualKey)
	numbered := clauseStart.MatchString(definition)
	switch {
	case definition == "" || strings.HasPrefix(rest, individualKey):
		return "", r.errorf("expected a definition ('/' where there is none) after %s, found none", quoted(c.Path[1]))
	case oneLine && !numbered:
		c.Definition, c.Services = definition, []Service{}
		return individual, nil
	case !numbered:
		return "", r.errorf("expected %s… at the end of the line, after the definition, found %s", individualKey, quoted(rest))
	}
	return r.readClauses(c, rest)
}

// readClauses reads a definition in numbered clauses up to the individual's rule.
func (r *guideReader) readClauses(c *Category, first string) (string, error) {
	clauses := []string{first}
	for {
		service, err := parseService(clauses[len(clauses)-1], len(clauses))
		if err != nil {
			return "", r.errorf("%v", err)
		}
		if strings.Contains(service.Definition, individualKey) {
			return "", r.errorf("expected %s after a definition in numbered clauses, found it on the clause's line", numberedRuleHint)
		}
		c.Services = append(c.Services, service)
		r.at++
		if individual, ok := strings.CutPrefix(r.peek(), individualKey); ok {
			c.Definition = strings.Join(clauses, "\n")
			return individual, nil
		}
		if !clauseStart.MatchString(r.peek()) {
			return "", r.expected("a numbered clause or " + numberedRuleHint)
		}
		clauses = append(clauses, r.peek())
	}
}

// rule reads the words of one line of 具体选择.
func (r *guideReader) rule(text string) (Rule, error) {
	switch {
	case text == "不建议选择":
		return Rule{NotRecommended, text}, nil
	case text == "可选":
		return Rule{Allowed, text}, nil
	case strings.HasPrefix(text, "可选,") && strings.Contains(text, "需要资质"):
		return Rule{LicenseRequired, text}, nil
	case strings.HasPrefix(text, "可选,"):
		return Rule{Allowed, text}, nil
	}
	return Rule{}, r.errorf("expected 不建议选择, 可选 or 可选,…, found %s", quoted(text))
}
