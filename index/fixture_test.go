package index

import (
	"sync"
	"testing"

	"leimu/data/dictionary"
)

var sharedSegmenter = sync.OnceValues(func() (*Segmenter, error) {
	return NewSegmenter(dictionary.Words(), dictionary.User())
})

// newTestSegmenter returns the real dictionaries, which are loaded once.
func newTestSegmenter(t testing.TB) *Segmenter {
	t.Helper()
	segmenter, err := sharedSegmenter()
	if err != nil {
		t.Fatal(err)
	}
	return segmenter
}

// twentyChars is an everyday description of 20 characters.
const twentyChars = "我想做一个扫码借还共享充电宝的小程序平台"

// oddTexts are texts that have broken search engines.
var oddTexts = []string{
	"", " ", "\x00", "\xff\xfe", "共享\xe5充电宝", "ａ\u0301b", "İstanbul ẞ ﬁ", "T\u0308", "ℋ\u0331",
	"👨‍👩‍👧‍👦家庭🏻", "1️⃣2️⃣", "共\u200b享\ufeff", "乾隆年間的餅乾", "計程車叫車,網路軟體", "𠮷野家 㐀",
	"カタカナ ｶﾞ 한국어 한국", "４Ｓ店…１２３．５", "e代驾和k歌happy4s店", "。。。、、", "么麼 瞭望 後後", "Ａ\tＢ\r\nＣ",
	"影片剪輯與影片", "\u1100\u1161\u11a8", "ǅ Ǆ ǆ", "㎡ ① ㈱ ℃ ™ ½",
}
