package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"

	"leimu/search"
)

// snapshot is what requests are answered from. It never changes: a reload puts
// another in its place, and the old one is closed when its last request is done.
type snapshot struct {
	Searcher
	resolver *search.Resolver
	revision string // of the catalogue as it is told, for ETag

	suggester *search.Suggester // nil where the searcher does not complete
	recent    *recentAnswers

	mu     sync.RWMutex // read-held by requests
	closed bool
}

func newSnapshot(searcher Searcher) (*snapshot, error) {
	// Every answer about the catalogue is made of these bytes and the address,
	// so their hash changes with the guide and with the form of the answers.
	text, err := json.Marshal(searcher.Catalog())
	if err != nil {
		return nil, fmt.Errorf("hashing the catalogue: %w", err)
	}
	sum := sha256.Sum256(text)
	suggester, err := suggesterOf(searcher)
	if err != nil {
		return nil, err
	}
	return &snapshot{Searcher: searcher, resolver: search.NewResolver(searcher.Catalog()),
		revision: hex.EncodeToString(sum[:8]), suggester: suggester, recent: newRecentAnswers()}, nil
}

// acquire gives the snapshot to answer from, nil where nothing is opened yet.
// The caller releases it.
func (s *Server) acquire() *snapshot {
	for {
		snap := s.current.Load()
		if snap == nil {
			return nil
		}
		snap.mu.RLock()
		if !snap.closed {
			return snap
		}
		// It was replaced and closed between the two lines: the next is there.
		snap.mu.RUnlock()
		if s.current.Load() == snap {
			return nil // the server is closed
		}
	}
}

func (snap *snapshot) release() { snap.mu.RUnlock() }

// close waits for the requests that are being answered.
func (snap *snapshot) close() error {
	snap.mu.Lock()
	defer snap.mu.Unlock()
	snap.closed = true
	return snap.Searcher.Close()
}

// Reload opens the knowledge anew and answers from it from then on. Where it
// can't be opened, the knowledge in use stays.
func (s *Server) Reload() error {
	s.reloading.Lock()
	defer s.reloading.Unlock()
	next, err := s.open()
	s.metrics.reloaded(err)
	if err != nil {
		return err
	}
	old := s.current.Swap(next)
	guide := next.Catalog()
	s.metrics.serving(guide)
	s.config.Log.Info("knowledge opened", "guide", guide.SHA256, "categories", len(guide.Categories))
	if old == nil {
		return nil
	}
	if err := old.close(); err != nil {
		return fmt.Errorf("closing the knowledge replaced: %w", err)
	}
	return nil
}

func (s *Server) open() (*snapshot, error) {
	searcher, err := s.config.Open()
	if err != nil {
		return nil, fmt.Errorf("opening the knowledge: %w", err)
	}
	return newSnapshot(searcher)
}

// Close releases the knowledge when the last request is done.
func (s *Server) Close() error {
	s.reloading.Lock()
	defer s.reloading.Unlock()
	if snap := s.current.Load(); snap != nil && !snap.closed {
		return snap.close()
	}
	return nil
}
