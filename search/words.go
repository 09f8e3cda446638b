package search

// Word is the status as people read it: on the page, in a sheet, at a terminal.
func (s VerdictStatus) Word() string {
	switch s {
	case Eligible:
		return "可选"
	case Conditional:
		return "有条件可选"
	case NotRecommended:
		return "不建议选择"
	}
	return "不可选"
}
