package api

import "leimu/search"

// The words in which the page tells what the engine answers with a constant.

// statusSign stands before the word, so that colour never tells anything alone.
func statusSign(s search.VerdictStatus) string {
	switch s {
	case search.Eligible:
		return "✓"
	case search.Conditional:
		return "!"
	case search.NotRecommended:
		return "△"
	}
	return "✕"
}

func subjectWord(s search.Subject) string {
	switch s {
	case search.Individual:
		return "个人"
	case search.Enterprise:
		return "单位"
	case search.Government:
		return "机关"
	}
	return ""
}

// subjectLong says who is meant, where there is room.
func subjectLong(s search.Subject) string {
	switch s {
	case search.Individual:
		return "个人"
	case search.Enterprise:
		return "企业、个体户等单位"
	case search.Government:
		return "政府机关、事业单位"
	}
	return ""
}

func confidenceWord(c search.Confidence) string {
	switch c {
	case search.High:
		return "把握高"
	case search.Medium:
		return "把握中等"
	case search.Low:
		return "把握不大"
	}
	return "没有把握"
}

func confidenceAdvice(c search.Confidence) string {
	switch c {
	case search.High:
		return "这样的回答,100 个里至少 95 个是对的"
	case search.Medium:
		return "多半在前三个里,请对照释义"
	case search.Low:
		return "线索不多,请再说具体些,或对照释义自己定"
	}
	return ""
}
