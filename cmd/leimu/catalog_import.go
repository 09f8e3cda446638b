package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"leimu/data"
)

func catalogImportCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "import NEW.txt",
		Short: "Take over a newly copied guide, keeping ids",
		Long: `Reads a newly copied guide and writes guide.txt and ids.tsv into the directory of --data. Ids are
kept; new categories get new ones, which a person may rename in ids.tsv before they are put to use.
A guide that can't be read is refused with the line at fault, and nothing is written.`,
		Example: `  leimu catalog import new-guide.txt --data ./data
  leimu serve --data ./data`,
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if dir == "" {
				return usagef("say by --data which directory the guide is written to; one laid over the built-in knowledge may be empty")
			}
			return importGuide(cmd.OutOrStdout(), args[0], dir)
		},
	}
	dataFlag(cmd, &dir)
	return cmd
}

// importGuide reads the guide against the knowledge in use, and writes it only
// when it was read to its end.
func importGuide(w io.Writer, guide, dir string) error {
	text, err := os.ReadFile(guide)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	current, err := loadKnowledge(dir)
	if err != nil {
		return fmt.Errorf("the knowledge in use: %w", err)
	}
	catalog, ids, err := data.Import(text, current.Catalog, current.IDs)
	if err != nil {
		return fmt.Errorf("%s: %w", guide, err)
	}
	// The register first: a guide whose ids are not there could not be read.
	if err := writeWhole(filepath.Join(dir, "ids.tsv"), ids.Write); err != nil {
		return err
	}
	if err := writeWhole(filepath.Join(dir, "guide.txt"), catalog.WriteGuide); err != nil {
		return err
	}
	if err := printChanges(w, data.Diff(current.Catalog, catalog)); err != nil {
		return err
	}
	if _, err := loadKnowledge(dir); err != nil {
		return fmt.Errorf("the guide is written, but what is known of its categories no longer fits; mend it in %s: %w", dir, err)
	}
	return nil
}

// writeWhole puts a file in its place only when all of it is written.
func writeWhole(name string, write func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(file.Name())
		}
	}()
	err = errors.Join(write(file), file.Chmod(0o644), file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}
