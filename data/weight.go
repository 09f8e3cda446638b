package data

import (
	"fmt"
	"strconv"
	"strings"
)

// defaultWeight is what a text without a weight of its own counts.
const defaultWeight = 1.0

// cutWeight splits "text TAB weight"; the weight may be left out.
func cutWeight(content string) (string, float64, error) {
	tab := strings.IndexByte(content, '\t')
	if tab < 0 {
		return content, defaultWeight, nil
	}
	text, number := strings.TrimSpace(content[:tab]), strings.TrimSpace(content[tab+1:])
	weight, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return "", 0, fmt.Errorf("expected a weight after the TAB, found %s: a TAB sets a weight apart and stands nowhere else", quoted(number))
	}
	if !(weight > 0 && weight <= 1) {
		return "", 0, fmt.Errorf("expected a weight above 0 and at most 1, found %s", quoted(number))
	}
	return text, weight, nil
}
