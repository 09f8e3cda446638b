//go:build unix

package batch

import (
	"os"
	"syscall"
)

// lock keeps a second run from writing the same output. It ends with the process.
func lock(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
