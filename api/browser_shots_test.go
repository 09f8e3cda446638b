package api_test

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestScreenshots writes the README's pictures of the page into the directory that
// LEIMU_SCREENSHOTS names: make screenshots.
func TestScreenshots(t *testing.T) {
	directory := os.Getenv("LEIMU_SCREENSHOTS")
	if directory == "" {
		t.Skip("no directory for screenshots: make screenshots")
	}
	open := openReal
	if os.Getenv("LEIMU_FAKE") != "" {
		open = openFake
	}
	b := startBrowser(t, open)
	ask := func(q, rest string) string { return "/?q=" + url.QueryEscape(q) + rest }
	for _, shot := range []struct {
		name, path, typed, scheme string
		screen                    screen
	}{
		{"phone-home", "/", "", "light", phone},
		{"phone-answer", ask("共享充电宝", "&subject=individual"), "", "light", phone},
		{"phone-answer-dark", ask("共享充电宝", "&subject=individual"), "", "dark", phone},
		{"phone-clarify", ask("帮村里卖农产品", ""), "", "light", phone},
		{"phone-none", ask("阿巴阿巴", ""), "", "light", phone},
		{"phone-category", "/c/leisure-social?subject=enterprise", "", "light", phone},
		{"phone-checklist", "/checklist?id=leisure-social&id=medical-hospital&subject=enterprise", "", "light", phone},
		{"desktop-home", "/", "", "light", desktop},
		{"desktop-home-dark", "/", "", "dark", desktop},
		{"desktop-answer", ask("在直播间里教人弹吉他", "&subject=enterprise"), "", "light", desktop},
		{"desktop-typing", "/", "qiche", "light", desktop},
		{"desktop-compare", "/compare?id=retail-own-shop&id=retail-marketplace&id=dining-ordering", "", "light", desktop},
		{"desktop-tree", "/tree?filter=" + url.QueryEscape("车"), "", "dark", desktop},
	} {
		p := b.tab(t, shot.screen)
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: shot.scheme}}})
		p.open(shot.path)
		if shot.typed != "" {
			p.click("#q")
			p.keys(shot.typed)
			p.until("document.querySelector('.box li') && document.querySelector('#answer[data-summary]:not([aria-busy])')")
		}
		time.Sleep(150 * time.Millisecond)
		picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(directory, shot.name+".png"), picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
