package rows

import (
	"fmt"
	"strings"

	"leimu/search"
)

// ParseSubject understands who files, as sheets name it; empty is no subject.
func ParseSubject(text string) (search.Subject, error) {
	word := strings.ToLower(strings.TrimSpace(text))
	switch word {
	case "":
		return "", nil
	case "individual", "personal", "person", "自然人", "本人", "个人备案", "个人主体":
		return search.Individual, nil
	case "enterprise", "company", "business", "organization", "organisation", "单位", "单位备案", "组织", "商户", "法人":
		return search.Enterprise, nil
	case "government", "public", "政府", "机关", "党政机关", "国家机关":
		return search.Government, nil
	}
	// What it ends on and begins with decides: 个人独资企业 is a firm, 个体工商户(个人) is one as well.
	for _, cue := range []struct {
		word    string
		subject search.Subject
	}{
		{"政府", search.Government}, {"机关", search.Government}, {"事业单位", search.Government},
		{"企业", search.Enterprise}, {"公司", search.Enterprise}, {"个体", search.Enterprise},
		{"合作社", search.Enterprise}, {"社会团体", search.Enterprise}, {"社会组织", search.Enterprise},
		{"民办非", search.Enterprise}, {"基金会", search.Enterprise}, {"工作室", search.Enterprise},
		{"个人", search.Individual},
	} {
		if strings.Contains(word, cue.word) {
			return cue.subject, nil
		}
	}
	return "", &Fault{Kind: FaultSubject, Message: fmt.Sprintf("unknown subject %q: use individual (个人), enterprise (企业、个体工商户) or government (政府机关、事业单位)", text), Text: text}
}
