package api

import (
	"strings"

	"github.com/gin-gonic/gin"

	"leimu/search"
)

// faultView is what went wrong, in words for the person who reads the page.
type faultView struct {
	Status int
	Title  string
	Advice string
	Near   []search.Ref
}

// faultPage answers a person. Without a snapshot the page has no guide to name.
func (s *Server) faultPage(c *gin.Context, snap *snapshot, p *Problem) {
	q := readQuestion(c.Request.URL.Query())
	q.Text, q.Reply = strings.ToValidUTF8(shorten(q.Text), ""), ""
	if checkAsker(q) != nil {
		q.Subject, q.Region = "", ""
	}
	view := faultView{p.Status, p.Title, faultAdvice(p.Code), p.Near}
	told := &page{Title: p.Title, Q: q, View: view, Alone: true}
	if snap != nil {
		told = newPage(snap, q, p.Title, view)
	}
	told.Unindexed = true
	s.render(c, p.Status, "fault", told)
}

// fault answers with a page or a problem, whichever the client reads.
func (s *Server) fault(c *gin.Context, p *Problem) {
	c.Abort()
	if !forPerson(c) {
		p.write(c.Writer)
		return
	}
	snap := s.acquire()
	if snap != nil {
		defer snap.release()
	}
	s.faultPage(c, snap, p)
}

// forPerson tells a browser that shows the answer from a program that reads it.
func forPerson(c *gin.Context) bool {
	return !strings.HasPrefix(c.Request.URL.Path, "/v1/") && strings.Contains(c.GetHeader("Accept"), "text/html")
}

// faultAdvice says what to do.
func faultAdvice(code string) string {
	switch code {
	case search.CodeLongQuery:
		return "请缩短到 200 字以内,一两句话说清小程序给谁、做什么就够了。"
	case search.CodeInvalidUTF8, CodeInvalidEncoding:
		return "这个网址里的文字读不出来,请在上面的框里重新写。"
	case search.CodeUnknownSubject:
		return "主体只有个人、企业/个体户、政府/事业单位三种,请在上面重新选。"
	case search.CodeUnknownRegion:
		return "请在上面选一个省级地区,或选全国。"
	case search.CodeUnknownReply:
		return "这个回答已经不适用了,请重新查一次。"
	case search.CodeOutOfRange:
		return "一次选得太多了:对比最多 3 个类目,材料清单最多 20 个。"
	case CodeUnknownCategory:
		return "也许类目已经改名。可以在上面搜一搜,或从全部类目里找。"
	case CodeNotFound:
		return "网址可能写错了,或页面已经搬走。"
	case CodeMethodNotAllowed:
		return "这个地址不能这样用,请回到首页。"
	case CodeNotReady, CodeBusy, CodeTimeout:
		return "请过几秒再刷新。"
	case CodeBodyTooLarge, CodeInvalidBody, CodeUnsupportedMedia:
		return "请上传 10 MB 以内的 XLSX、CSV、TSV 或每行一句的 TXT,其中要有一列写着小程序做什么。"
	case CodeInternal:
		return "这不是你的问题,我们这边出错了。请稍后再试。"
	}
	return "请回到首页重新查一次。"
}
