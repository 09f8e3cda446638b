package data

// Position tells where the category with this id stands in Categories.
func (c *Catalog) Position(id string) (int, bool) {
	i, ok := c.byID[id]
	return i, ok
}

// Find is the category with this id, nil where there is none.
func (c *Catalog) Find(id string) *Category {
	if i, ok := c.byID[id]; ok {
		return &c.Categories[i]
	}
	return nil
}

// PositionOfLabel is Position by label (一级>二级).
func (c *Catalog) PositionOfLabel(label string) (int, bool) {
	i, ok := c.byLabel[label]
	return i, ok
}

// FirstLevels names the first-level categories in the guide's order.
func (c *Catalog) FirstLevels() []string {
	var names []string
	for i := range c.Categories {
		if first := c.Categories[i].Path[0]; len(names) == 0 || names[len(names)-1] != first {
			names = append(names, first)
		}
	}
	return names
}

// Service is the clause with this number, nil where the category has none such.
func (c *Category) Service(no int) *Service {
	// parseServices sees to it that clauses are numbered 1, 2, 3 …
	if no < 1 || no > len(c.Services) {
		return nil
	}
	return &c.Services[no-1]
}

// add appends a category and keeps the two look-ups true.
func (c *Catalog) add(category Category) {
	c.byID[category.ID] = len(c.Categories)
	c.byLabel[category.Label()] = len(c.Categories)
	c.Categories = append(c.Categories, category)
}
