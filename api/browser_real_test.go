package api_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"leimu/api"
	"leimu/data"
	"leimu/search"
)

func openReal() (api.Searcher, error) {
	k, err := data.Load(data.Embedded())
	if err != nil {
		return nil, err
	}
	return search.Open(k)
}

// TestBrowserReal asks the engine itself what the issue names: a word, the same in
// pinyin, and a suggestion that is chosen by its key.
func TestBrowserReal(t *testing.T) {
	b := startBrowser(t, openReal)
	t.Run("a word", func(t *testing.T) {
		p := b.tab(t, phone)
		p.open("/")
		p.click(".subjects label:nth-of-type(2)")
		p.click("#q")
		p.keys("共享充电宝" + kb.Enter)
		p.untilText(".card.first h2", "共享服务")
		p.untilText(".card.first mark", "充电宝")
		p.untilText(".verdicts .asked", "不建议选择")
	})
	t.Run("pinyin", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open("/")
		p.keys("gongxiangchongdianbao" + kb.Enter)
		p.untilText(".card.first h2", "共享服务")
	})
	t.Run("a suggestion", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open("/")
		p.keys("gxcdb")
		p.untilText(".box li", "共享充电宝")
		p.keys(kb.ArrowDown)
		p.until("document.getElementById('q').getAttribute('aria-activedescendant')")
		p.keys(kb.Enter)
		p.until("document.getElementById('q').value === '共享充电宝' && document.querySelector('.box ul').hidden")
		p.untilText(".card.first h2", "共享服务")
		p.until("new URL(location).searchParams.get('q') === '共享充电宝'")
	})
}
