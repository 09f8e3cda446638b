package rows

import (
	"strings"

	"leimu/search"
)

// SplitCandidates parts the candidates of one cell at semicolons, commas, strokes
// and line breaks. The Chinese enumeration comma stands inside names as well and
// is left to Answerer, which knows them.
func SplitCandidates(cell string) []string {
	var list []string
	for _, part := range strings.FieldsFunc(cell, func(c rune) bool {
		return strings.ContainsRune(";；|｜,，\r\n", c)
	}) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// resolveList resolves candidates, each of which may be several joined by 、. The
// longest run of parts that names a category is taken for one.
func resolveList(r *search.Resolver, list []string) ([]int, error) {
	var positions []int
	for _, text := range list {
		position, whole := r.Resolve(text)
		if whole == nil {
			positions = append(positions, position)
			continue
		}
		parts := strings.Split(text, "、")
		for len(parts) > 0 {
			n := longestRun(r, parts)
			if n == 0 {
				if len(parts) > 1 || strings.Contains(text, "、") {
					_, whole = r.Resolve(parts[0])
				}
				return nil, whole
			}
			position, _ = r.Resolve(strings.Join(parts[:n], "、"))
			positions, parts = append(positions, position), parts[n:]
		}
	}
	return positions, nil
}

func longestRun(r *search.Resolver, parts []string) int {
	for n := len(parts); n > 0; n-- {
		if _, err := r.Resolve(strings.Join(parts[:n], "、")); err == nil {
			return n
		}
	}
	return 0
}
