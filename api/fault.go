package api

import (
	"net/http"

	"leimu/search"
)

// Codes of problems that only HTTP knows; those of search.InputError are told
// under their own. A code is stable: programs decide by it.
const (
	CodeInvalidEncoding  = "invalid_encoding"
	CodeInvalidParameter = "invalid_parameter"
	CodeInvalidBody      = "invalid_body"
	CodeBodyTooLarge     = "body_too_large"
	CodeUnsupportedMedia = "unsupported_media_type"
	CodeUnknownLevel1    = "unknown_level1"
	CodeUnknownVerdict   = "unknown_verdict"
	CodeUnknownFormat    = "unknown_format"
	CodeUnknownCategory  = "unknown_category"
	CodeNotFound         = "not_found"
	CodeMethodNotAllowed = "method_not_allowed"
	CodeTimeout          = "timeout"
	CodeNotReady         = "not_ready"
	CodeBusy             = "busy"
	CodeInternal         = "internal_error"
)

// fault is a kind of problem: its code, the status it is answered with and what a
// person reads first.
type fault struct {
	Code   string
	Status int
	Title  string
}

// faults is the one table of what may go wrong.
func faults() []fault {
	return []fault{
		{search.CodeEmptyQuery, http.StatusBadRequest, "没有描述"},
		{search.CodeLongQuery, http.StatusBadRequest, "描述太长"},
		{search.CodeInvalidUTF8, http.StatusBadRequest, "文字编码不是 UTF-8"},
		{search.CodeUnknownSubject, http.StatusBadRequest, "没有这种主体"},
		{search.CodeUnknownRegion, http.StatusBadRequest, "没有这个地区"},
		{search.CodeUnknownReply, http.StatusBadRequest, "没有这个回答"},
		{search.CodeOutOfRange, http.StatusBadRequest, "数值超出范围"},
		{search.CodeNeedsSubject, http.StatusBadRequest, "请先选择主体"},
		{CodeInvalidEncoding, http.StatusBadRequest, "网址编码有误"},
		{CodeInvalidParameter, http.StatusBadRequest, "参数格式有误"},
		{CodeInvalidBody, http.StatusBadRequest, "请求内容格式有误"},
		{CodeBodyTooLarge, http.StatusRequestEntityTooLarge, "请求内容太大"},
		{CodeUnsupportedMedia, http.StatusUnsupportedMediaType, "不支持这种内容类型"},
		{CodeUnknownLevel1, http.StatusBadRequest, "没有这个一级类目"},
		{CodeUnknownVerdict, http.StatusBadRequest, "没有这种结论"},
		{CodeUnknownFormat, http.StatusBadRequest, "没有这种格式"},
		{CodeUnknownCategory, http.StatusNotFound, "没有这个类目"},
		{string(search.UnknownCandidate), http.StatusBadRequest, "没有这个候选类目"},
		{string(search.AmbiguousCandidate), http.StatusBadRequest, "候选类目有多个同名"},
		{string(search.BroadCandidate), http.StatusBadRequest, "候选写的是一级类目"},
		{CodeNotFound, http.StatusNotFound, "没有这个地址"},
		{CodeMethodNotAllowed, http.StatusMethodNotAllowed, "不支持这种请求方法"},
		{CodeTimeout, http.StatusServiceUnavailable, "处理超时"},
		{CodeNotReady, http.StatusServiceUnavailable, "服务正在启动"},
		{CodeBusy, http.StatusServiceUnavailable, "服务正忙"},
		{CodeInternal, http.StatusInternalServerError, "服务出错"},
	}
}

// faultOf is the row of the table; an unknown code is an internal error.
func faultOf(code string) fault {
	table := faults()
	for _, f := range table {
		if f.Code == code {
			return f
		}
	}
	return table[len(table)-1]
}
