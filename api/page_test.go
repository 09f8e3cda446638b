package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"leimu/api"
	"leimu/api/sheet"
)

// pageServer answers from the scripted engine.
func pageServer(t *testing.T) http.Handler {
	t.Helper()
	server := api.New(api.Config{Log: slog.New(slog.DiscardHandler), Version: "test", Open: openFake})
	if err := server.Reload(); err != nil {
		t.Fatal(err)
	}
	return server.Handler()
}

// browse asks as a browser does.
func browse(h http.Handler, target string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func parsePage(t *testing.T, text string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestPageSays(t *testing.T) {
	h := pageServer(t)
	for _, test := range []struct {
		target string
		status int
		says   []string
		never  []string
	}{
		{"/", 200, []string{"你的小程序做什么", "最终以平台审核时的要求和管局审核结果为准", "小程序备案服务内容选择指引", "6af2a315", "171 个类目"}, nil},
		{"/?q=" + url.QueryEscape(askSure), 200, []string{"把握高", "共享服务", "<mark>充电</mark>", "个人", "单位", "机关", "指引原文", "data-copy=\"生活服务 › 共享服务\""}, []string{"class=\"asked\""}},
		{"/?q=" + url.QueryEscape(askSure) + "&subject=individual", 200, []string{"个人不建议选择这个类目", "个人可以选的,最接近的是", "可选,符合个人性质"}, nil},
		{"/?q=" + url.QueryEscape(askEither), 200, []string{"只卖自己的货,还是也让别的商家来卖?", "answer=platform", "把握中等"}, nil},
		{"/?q=" + url.QueryEscape(askTwo), 200, []string{"有 2 件事", "/checklist?id=leisure-social&amp;id=car-designated-driver"}, nil},
		{"/?q=" + url.QueryEscape(askNone), 200, []string{"没找到合适的类目", "/tree#" + strings.ToLower(url.PathEscape("政务服务"))}, []string{"data-copy"}},
		{"/?q=" + url.QueryEscape(askBroken), 500, []string{"服务出错", "不是你的问题"}, nil},
		{"/?q=" + strings.Repeat("w", 201), 400, []string{"描述太长", "缩短到 200 字"}, nil},
		{"/?q=a&subject=alien", 400, []string{"没有这种主体"}, []string{"alien"}},
		{"/?q=%ff", 400, []string{"不是 UTF-8"}, nil},
		{"/?q=%zz", 400, []string{"网址编码有误"}, nil},
		{"/c/leisure-social", 200, []string{"陌生人交友", "前置审批位置", "网络文化经营许可证", "休闲娱乐里的其他类目"}, nil},
		{"/c/gov-post", 200, []string{"仅限政府机关、事业单位选择", "不可选"}, nil},
		{"/c/living-tool", 404, []string{"没有这个类目", "/c/living-tools"}, nil},
		{"/tree?filter=" + url.QueryEscape("寵物"), 200, []string{"/c/living-pets"}, []string{"/c/living-tools\""}},
		{"/compare?id=retail-own-shop&id=retail-marketplace", 200, []string{"自主售卖 与 零售批发"}, nil},
		{"/compare?id=a&id=b", 404, []string{"没有这个类目"}, nil},
		{"/compare?id=living-tools&id=living-pets&id=living-spa&id=living-seals", 400, []string{"最多 3 个类目"}, nil},
		{"/checklist?id=medical-hospital&subject=enterprise&region=" + url.QueryEscape("广东"), 200, []string{"材料清单", "广东"}, nil},
		{"/nowhere", 404, []string{"没有这个地址", "回到首页"}, nil},
	} {
		w := browse(h, test.target)
		body := w.Body.String()
		if w.Code != test.status || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			t.Errorf("%.80s: %d %s", test.target, w.Code, w.Header().Get("Content-Type"))
		}
		for _, text := range test.says {
			if !strings.Contains(body, text) {
				t.Errorf("%.80s doesn't say %q", test.target, text)
			}
		}
		for _, text := range test.never {
			if strings.Contains(body, text) {
				t.Errorf("%.80s says %q", test.target, text)
			}
		}
	}
}

// Programs are told problems, whatever the address.
func TestPageForPrograms(t *testing.T) {
	h := pageServer(t)
	for target, accept := range map[string]string{"/nowhere": "*/*", "/v1/nowhere": "text/html", "/v1/search?q=": "text/html"} {
		r := httptest.NewRequest(http.MethodGet, target, nil)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
			t.Errorf("%s for %s: %s", target, accept, got)
		}
	}
}

// Before the knowledge is opened there is a page as well.
func TestPageNotReady(t *testing.T) {
	w := browse(api.New(api.Config{Log: slog.New(slog.DiscardHandler), Open: openFake}).Handler(), "/")
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "服务正在启动") {
		t.Errorf("%d %.300s", w.Code, w.Body)
	}
}

// No page has a script or style of its own, or asks another host; its policy
// forbids both.
func TestPagePolicy(t *testing.T) {
	h := pageServer(t)
	for _, target := range pagesToSee() {
		w := browse(h, target)
		policy := w.Header().Get("Content-Security-Policy")
		for _, rule := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(policy, rule) {
				t.Errorf("%s: the policy lacks %s", target, rule)
			}
		}
		if strings.Contains(policy, "unsafe") {
			t.Errorf("%s: %s", target, policy)
		}
		for n := range parsePage(t, w.Body.String()).Descendants() {
			if n.Data == "style" || n.Data == "script" && (n.FirstChild != nil || !strings.HasPrefix(attribute(n, "src"), "/static/")) {
				t.Errorf("%s has an inline %s", target, n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "//") && !strings.HasPrefix(a.Val, "data:image/svg+xml,") {
					t.Errorf("%s: %s=%q", target, a.Key, a.Val)
				}
			}
		}
	}
}

// What was asked never becomes an element, wherever a page repeats it.
func TestPageHostile(t *testing.T) {
	h := pageServer(t)
	elements := func(target string) (names []string) {
		for n := range parsePage(t, browse(h, target).Body.String()).Descendants() {
			if n.Type == html.ElementNode {
				names = append(names, n.Data)
			}
		}
		return names
	}
	plain := len(elements("/?q=x"))
	for _, q := range hostile() {
		if got := len(elements("/?q=" + url.QueryEscape(q))); got != plain {
			t.Errorf("%q makes %d elements, x %d", q, got, plain)
		}
		for _, target := range []string{"/tree?filter=", "/?region=", "/c/x?subject=", "/compare?id=", "/nowhere?q="} {
			for _, name := range elements(target + url.QueryEscape(q)) {
				if name == "img" || name == "svg" || name == "b" || name == "textarea" {
					t.Errorf("%s%q makes %s", target, q, name)
				}
			}
		}
	}
	body := browse(h, "/?q="+url.QueryEscape(askRogue)).Body.String()
	if strings.Contains(body, "<img") || strings.Contains(body, "<script>") || !strings.Contains(body, "&lt;b&gt;rogue") {
		t.Error("the highlight's markup is taken for the page's")
	}
}

// Every link of every page leads somewhere.
func TestPageLinks(t *testing.T) {
	h := pageServer(t)
	seen := map[string]bool{}
	for _, target := range pagesToSee() {
		for n := range parsePage(t, browse(h, target).Body.String()).Descendants() {
			link, _, _ := strings.Cut(attribute(n, "href"), "#")
			if n.Data != "a" && n.Data != "link" || link == "" || strings.HasPrefix(link, "data:") || seen[link] {
				continue
			}
			seen[link] = true
			if w := browse(h, link); w.Code != http.StatusOK {
				t.Errorf("%s links to %s: %d", target, link, w.Code)
			}
		}
	}
}

// The first page with all that it loads, packed.
func TestPageSize(t *testing.T) {
	h := pageServer(t)
	body := browse(h, "/").Body.Bytes()
	total := packed(t, body)
	for _, match := range regexp.MustCompile(`"(/static/[^"]+)"`).FindAllSubmatch(body, -1) {
		r := httptest.NewRequest(http.MethodGet, string(match[1]), nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 || w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", match[1], w.Code, w.Header())
		}
		total += w.Body.Len()
	}
	if total > 60<<10 {
		t.Errorf("the first page is %d bytes", total)
	}
	t.Logf("the first page is %d bytes", total)
}

func packed(t *testing.T, body []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return b.Len()
}

// A script of an older page is answered, and not kept for good.
func TestStaticOld(t *testing.T) {
	h := pageServer(t)
	if w := browse(h, "/static/000000000000/page.js"); w.Code != 200 || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("%d %s", w.Code, w.Header().Get("Cache-Control"))
	}
	if w := browse(h, "/static/000000000000/home.html"); w.Code != 404 {
		t.Errorf("a template is served: %d", w.Code)
	}
}

// sendTable posts a file as the form of the page does.
func sendTable(h http.Handler, name, text, accept string) *httptest.ResponseRecorder {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("subject", "individual")
	part, _ := form.CreateFormFile("file", name)
	_, _ = io.WriteString(part, text)
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "/bulk", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Accept", accept)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestTableForm(t *testing.T) {
	h := pageServer(t)
	w := sendTable(h, "客户 表.csv", "描述,备注\n共享充电宝,\"a,b\"\n,空\n", "text/html")
	if got := w.Header().Get("Content-Disposition"); !strings.Contains(got, url.PathEscape("客户 表-类目.csv")) {
		t.Errorf("it is named %s", got)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\uFEFF"))).ReadAll()
	if err != nil || len(records) != 3 {
		t.Fatalf("%v %v", records, err)
	}
	if records[1][1] != "a,b" || records[1][2] != "生活服务>共享服务" || records[1][7] != "不建议选择" {
		t.Errorf("the row is %q", records[1])
	}
	if last := records[2][len(records[2])-1]; !strings.Contains(last, "没有描述") {
		t.Errorf("the row without text says %q", last)
	}
	if w := sendTable(h, "a.txt", "共享充电宝\r\n\r\n阿巴阿巴\n", "application/x-ndjson"); !strings.HasPrefix(w.Body.String(), "{\"total\":2}\n") || strings.Count(w.Body.String(), "\n") != 3 {
		t.Errorf("lines give %s", w.Body)
	}
	testWorkbook(t, h)
	for name, text := range map[string]string{"a.xlsx": "no zip", "a.pdf": "x", "b.csv": "甲,乙\n1,2\n", "c.csv": "", "big.csv": "描述\n" + strings.Repeat("长", 4<<20)} {
		if w := sendTable(h, name, text, "text/html"); w.Code < 400 || w.Code >= 500 || !strings.Contains(w.Body.String(), "10 MB 以内") {
			t.Errorf("%s: %d %.200s", name, w.Code, w.Body)
		}
	}
}

// testWorkbook sends a workbook, and reads the one that comes back.
func testWorkbook(t *testing.T, h http.Handler) {
	t.Helper()
	var book bytes.Buffer
	w, err := sheet.NewWorkbook(&book, []string{"简介"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append([]string{askSure}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "back.xlsx")
	if err := os.WriteFile(path, sendTable(h, "a.xlsx", book.String(), "text/html").Body.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	back, err := sheet.OpenWorkbook(path, sheet.ColumnOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	row, err := back.Next()
	if err != nil || row.Text != askSure || row.Cells[1] != "生活服务>共享服务" {
		t.Errorf("%v %v", row, err)
	}
}
