package data

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	definitionOpening = "适用于"
	individualBar     = "个人主体不可从事"
	subjectIndividual = "individual"
)

// parseService reads a numbered clause: 17、广告/设计:适用于…(个人主体不可从事).
// no is the number that it must have.
func parseService(clause string, no int) (Service, error) {
	match := clauseStart.FindStringSubmatch(clause)
	if match == nil || match[1] != strconv.Itoa(no) {
		return Service{}, fmt.Errorf("expected clause %d、…, found %s", no, quoted(clause))
	}
	service := Service{No: no, Definition: strings.TrimPrefix(clause, match[0])}
	if service.Definition == "" {
		return Service{}, fmt.Errorf("expected text after %s, found none", match[0])
	}
	if name, definition, ok := strings.Cut(service.Definition, ":"); ok && serviceName(name) {
		service.Name, service.Definition = strings.TrimSpace(name), definition
	}
	if strings.Contains(service.Definition, individualBar) {
		service.Barred = []string{subjectIndividual}
	}
	return service, nil
}

// serviceName tells a name before a colon from a sentence that has a colon in it:
// 适用于…(如:…) and 适用于…,如:….
func serviceName(s string) bool {
	return strings.TrimSpace(s) != "" && !definitionLike(s) && !strings.Contains(s, ",") &&
		strings.Count(s, "(") == strings.Count(s, ")")
}
