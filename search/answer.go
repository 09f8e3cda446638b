package search

import "leimu/data"

// Subject is who files: 个人, 企业与个体工商户等单位, or 政府机关与事业单位.
type Subject string

const (
	Individual Subject = "individual"
	Enterprise Subject = "enterprise"
	Government Subject = "government"
)

// Subjects lists every subject, in the order in which verdicts are told.
func Subjects() []Subject { return []Subject{Individual, Enterprise, Government} }

// Confidence says how far an answer may be trusted. It is calibrated on
// descriptions that the ranker had not learned from.
type Confidence string

const (
	High   Confidence = "high"   // at least 95 of 100 such first answers are right
	Medium Confidence = "medium" // the right category is likely among the first three
	Low    Confidence = "low"    // little to go on
	None   Confidence = "none"   // no description, or nothing in the guide fits
)

// Request is a question as it was asked.
type Request struct {
	Query        string  // at most MaxQuery characters
	Subject      Subject // "" tells the verdict of all
	Region       string  // a province, 广东 or 广东省; "" for any
	Limit        int     // results, 1 to MaxLimit; 0 for DefaultLimit
	Offset       int     // results to skip
	EligibleOnly bool    // only what Subject may choose
	Explain      bool    // tell every evidence with its weight
	Reply        string  // the reply chosen to a clarifying question
}

// Bounds of a request.
const (
	MaxQuery     = 200 // characters; the longest description that is read
	MaxLimit     = 50
	DefaultLimit = 5
)

// Answer is what leimu says of a description: the one value behind the page,
// the JSON, the terminal and the bulk files.
type Answer struct {
	Query        string      `json:"query"`
	Confidence   Confidence  `json:"confidence" enum:"high,medium,low,none"`
	Probability  float64     `json:"probability" doc:"calibrated probability that the first result is right"`
	Guide        Guide       `json:"guide"`
	Understood   Understood  `json:"understood"`
	Results      []Result    `json:"results"`
	Total        int         `json:"total" doc:"results before limit and offset"`
	Alternatives []Result    `json:"alternatives" doc:"the best that the subject may choose, where the first result is closed to it"`
	Needs        []Need      `json:"needs" doc:"the parts of a description that asks for several things"`
	Clarify      *Clarify    `json:"clarify"`
	Contrast     *Comparison `json:"contrast" doc:"why the first and not the second"`
	Notice       string      `json:"notice"`
}

// Guide names the guide that an answer rests on.
type Guide struct {
	Title  string `json:"title"`
	SHA256 string `json:"sha256"`
}

// Understood is what was heard in the description.
type Understood struct {
	Text      string   `json:"text" doc:"the description as it was read: normalised, typos and pinyin resolved"`
	Subject   Subject  `json:"subject,omitempty" doc:"who runs it, where the text says so"`
	Negated   []string `json:"negated,omitempty" doc:"what it says that it does not do"`
	Corrected []string `json:"corrected,omitempty" doc:"what was read for what was written, 写的→读作"`
}

// Ref names a category.
type Ref struct {
	ID   string    `json:"id"`
	Path [2]string `json:"path" doc:"一级类目, 二级类目"`
}

// ServiceRef names a numbered service of a category.
type ServiceRef struct {
	No   int    `json:"no"`
	Name string `json:"name"`
}

// Match is a word of the description that was found, and where.
type Match struct {
	Text  string `json:"text"`
	Field string `json:"field" enum:"name,services,definition,terms,examples"`
}

// Result is one category with its rules.
type Result struct {
	Rank         int                `json:"rank" minimum:"1"`
	Score        float64            `json:"score" minimum:"0" maximum:"1"`
	Category     Ref                `json:"category"`
	Service      *ServiceRef        `json:"service,omitempty"`
	Matched      []Match            `json:"matched"`
	Highlight    string             `json:"highlight" doc:"the guide's text, HTML-escaped, with matches in <mark>"`
	Eligibility  data.Eligibility   `json:"eligibility"`
	Requirements []data.Requirement `json:"requirements"`
	RestrictedTo []string           `json:"restricted_to"`
	Verdict      *Verdict           `json:"verdict,omitempty" doc:"for the asked subject"`
	Verdicts     []Verdict          `json:"verdicts,omitempty" doc:"for every subject, where none was asked"`
	Explain      []Evidence         `json:"explain,omitempty"`
}

// VerdictStatus says whether a subject may choose a category.
type VerdictStatus string

const (
	Eligible       VerdictStatus = "eligible"
	Conditional    VerdictStatus = "conditional"
	NotRecommended VerdictStatus = "not_recommended"
	Ineligible     VerdictStatus = "ineligible"
)

// Verdict is what the guide says to one subject of one category, in its words.
type Verdict struct {
	Subject   Subject       `json:"subject" enum:"individual,enterprise,government"`
	Status    VerdictStatus `json:"status" enum:"eligible,conditional,not_recommended,ineligible"`
	Reasons   []string      `json:"reasons"`
	Documents []Document    `json:"documents,omitempty"`
}

// Document is something to upload, and where. Upload is empty where the guide
// does not say.
type Document struct {
	Name   string `json:"name"`
	Upload string `json:"upload"`
}

// Evidence is one reason for a score. The weights of all evidences of a result
// add up to its score.
type Evidence struct {
	Kind   string  `json:"kind"`
	Text   string  `json:"text"`
	Weight float64 `json:"weight"`
}

// Need is one of several things that a description asks for.
type Need struct {
	Text   string `json:"text"`
	Result Result `json:"result"`
}

// Clarify is the question whose reply decides between two near categories.
type Clarify struct {
	Question string  `json:"question"`
	Replies  []Reply `json:"replies"`
}

// Reply is an answer to a clarifying question; Answer is the value of the
// parameter of the same name that gives it.
type Reply struct {
	Answer   string `json:"answer"`
	Text     string `json:"text"`
	Category Ref    `json:"category"`
}

// Comparison tells why one category stands before another.
type Comparison struct {
	First  Ref    `json:"first"`
	Second Ref    `json:"second"`
	Text   string `json:"text"`
}
