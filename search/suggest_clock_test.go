//go:build !linux

package search

import (
	"testing"
	"time"
)

// processorTime is the time of day where a thread's own is not to be had.
func processorTime(testing.TB) time.Duration { return time.Duration(time.Now().UnixNano()) }
