// Package data holds what leimu knows: the official guide verbatim, and the
// lexicon of how people speak of its categories. It parses both into typed
// values and checks them; it imports nothing of the project.
package data

// Status is the eligibility that the guide gives one kind of subject.
type Status string

const (
	Allowed         Status = "allowed"          // 可选…
	LicenseRequired Status = "license_required" // 可选,需要资质
	NotRecommended  Status = "not_recommended"  // 不建议选择
)

// Rule is one line of 具体选择: a status and the guide's own words for it.
type Rule struct {
	Status Status `json:"status" enum:"allowed,license_required,not_recommended" doc:"可选 / 可选,需要资质 / 不建议选择"`
	Text   string `json:"text" doc:"the guide's own words"`
}

// Eligibility is the pair of rules that every category carries.
type Eligibility struct {
	Individual   Rule `json:"individual" doc:"个人备案"`
	Organization Rule `json:"organization" doc:"单位备案"`
}

// Service is one numbered clause of a definition. Name is empty where the
// guide gives the clause no name before a colon.
type Service struct {
	No         int      `json:"no"`
	Name       string   `json:"name"`
	Definition string   `json:"definition"`
	Barred     []string `json:"barred,omitempty" doc:"subjects that may not offer this service (个人主体不可从事)"`
}

// Requirement is something to bring: which documents, where to upload them,
// and for what activity, region and subject it is asked. Empty means that the
// guide does not say. Text is the guide's sentence.
type Requirement struct {
	Documents []string `json:"documents"`
	Upload    string   `json:"upload"`
	Activity  string   `json:"activity"`
	Region    string   `json:"region"`
	Subject   string   `json:"subject,omitempty" doc:"individual where the guide asks it of 个人 alone"`
	Text      string   `json:"text"`
}

// Category is one second-level category (二级类目) with everything that the
// guide says of it. Definition and Remark are verbatim; Line is the 1-based
// line of the guide that it was read from.
type Category struct {
	ID           string        `json:"id"`
	Path         [2]string     `json:"path" doc:"一级类目, 二级类目"`
	Definition   string        `json:"definition"`
	Services     []Service     `json:"services"`
	Eligibility  Eligibility   `json:"eligibility"`
	Requirements []Requirement `json:"requirements"`
	RestrictedTo []string      `json:"restricted_to" doc:"政府机关, 事业单位; empty where open to all"`
	Remark       string        `json:"remark"`
	Line         int           `json:"line"`
}

// Label is the category's path as one string, 一级>二级.
func (c *Category) Label() string { return c.Path[0] + ">" + c.Path[1] }

// Catalog is the guide, read. Categories stand in the guide's order.
type Catalog struct {
	Title      string     `json:"title"`
	Notice     string     `json:"notice"`
	SHA256     string     `json:"sha256" doc:"of the guide's bytes, in hex"`
	Categories []Category `json:"categories"`

	preface string         // everything above the table's header row, verbatim
	header  string         // the table's header row
	ending  string         // after the last row: nothing or a line end
	byID    map[string]int // position in Categories
	byLabel map[string]int // the same by Label
}
