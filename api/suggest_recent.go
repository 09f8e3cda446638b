package api

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/fnv"
	"hash/maphash"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// recentAnswers keeps the answers given lately, each in the slot of its key's
// hash, where the next of that slot replaces it: bounded, without locks, and
// good enough, since what many type begins alike.
type recentAnswers struct {
	seed  maphash.Seed
	slots []atomic.Pointer[storedAnswer]
}

// recentSlots times a few kilobytes are what the answers may take.
const recentSlots = 8192

// answerKey is all that an answer depends on.
type answerKey struct{ rawQuery, base string }

func newRecentAnswers() *recentAnswers {
	return &recentAnswers{maphash.MakeSeed(), make([]atomic.Pointer[storedAnswer], recentSlots)}
}

func (a *recentAnswers) slot(key answerKey) *atomic.Pointer[storedAnswer] {
	return &a.slots[maphash.Comparable(a.seed, key)%recentSlots]
}

// find is the answer for a key, nil where it is not kept.
func (a *recentAnswers) find(key answerKey) *storedAnswer {
	if answer := a.slot(key).Load(); answer != nil && answer.key == key {
		return answer
	}
	return nil
}

func (a *recentAnswers) store(answer *storedAnswer) { a.slot(answer.key).Store(answer) }

// storedAnswer is an answer as it goes out.
type storedAnswer struct {
	key         answerKey
	body        []byte
	contentType []string
	tag         []string
	packed      func() []byte // gzip of body, made when first asked for
}

func newStoredAnswer(key answerKey, body []byte, contentType string) *storedAnswer {
	hash := fnv.New64a()
	hash.Write(body)
	return &storedAnswer{key: key, body: body, contentType: []string{contentType + "; charset=utf-8"},
		tag:    []string{fmt.Sprintf(`W/"%016x"`, hash.Sum64())}, // weak: the same for both encodings
		packed: sync.OnceValue(func() []byte { return pack(body) })}
}

// packFrom is the size in bytes from which packing saves a network packet.
const packFrom = 1024

// suggestMaxAge is how long, in seconds, an answer may be used again unasked: as
// long as someone types and goes back. The ETag then tells whether it still holds.
const suggestMaxAge = 300

// Header values that never change, made once. net/http only reads them.
var (
	cacheControl = []string{"public, max-age=" + strconv.Itoa(suggestMaxAge)}
	vary         = []string{"Accept-Encoding"}
)

func (s *storedAnswer) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header["Content-Type"], header["Etag"] = s.contentType, s.tag
	header["Cache-Control"], header["Vary"] = cacheControl, vary
	if matches(r.Header.Get("If-None-Match"), s.tag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := s.body
	if len(body) >= packFrom && acceptsGzip(r.Header.Get("Accept-Encoding")) {
		body = s.packed()
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the client may be gone; there is nobody else to tell
}

func pack(body []byte) []byte {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(body) // a Buffer never fails
	w.Close()
	return packed.Bytes()
}

// matches compares tags as If-None-Match asks for: weakly, any of a list, or *.
func matches(ifNoneMatch, tag string) bool {
	for part := range strings.SplitSeq(ifNoneMatch, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || part != "" && strings.TrimPrefix(part, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// acceptsGzip reads Accept-Encoding: gzip in the list, and not refused by q=0.
func acceptsGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, parameters, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			q, isQ := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q=")
			value, err := strconv.ParseFloat(q, 64)
			return !isQ || err == nil && value > 0
		}
	}
	return false
}
