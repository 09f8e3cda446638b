package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"leimu/api"
	"leimu/data"
)

func catalogDiffCommand() *cobra.Command {
	var dir string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff OLD.txt NEW.txt",
		Short: "Tell which categories, rules and words changed between two guides",
		Example: `  leimu catalog diff old-guide.txt new-guide.txt
  leimu catalog diff --json old-guide.txt new-guide.txt | jq -r '.[].label'`,
		Args: exactly(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			changes, err := diffGuides(dir, args[0], args[1])
			if err != nil {
				return err
			}
			if asJSON {
				return api.Encode(cmd.OutOrStdout(), changes)
			}
			return printChanges(cmd.OutOrStdout(), changes)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "a list of {kind,id,label,field,old,new}")
	dataFlag(cmd, &dir)
	return cmd
}

// diffGuides reads both guides with the ids in use. Categories that they don't
// have get new ones, the same in both guides.
func diffGuides(dir, old, new string) ([]data.Change, error) {
	k, err := loadKnowledge(dir)
	if err != nil {
		return nil, err
	}
	before, ids, err := readGuide(old, k.Catalog, k.IDs)
	if err != nil {
		return nil, err
	}
	after, _, err := readGuide(new, before, ids)
	if err != nil {
		return nil, err
	}
	if changes := data.Diff(before, after); changes != nil {
		return changes, nil
	}
	return []data.Change{}, nil
}

func readGuide(name string, current *data.Catalog, ids *data.IDs) (*data.Catalog, *data.IDs, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	catalog, ids, err := data.Import(text, current, ids)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	return catalog, ids, nil
}

func printChanges(w io.Writer, changes []data.Change) error {
	for _, c := range changes {
		if _, err := fmt.Fprintln(w, c); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%d changes\n", len(changes))
	return err
}
