package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"leimu/data"
)

func catalogValidateCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "validate",
		Short: "Check guide, lexicon and the rest of the knowledge, and name what is to be mended",
		Long: `Checks guide, lexicon and the rest of the knowledge. A line for each problem: file, line, what is
wrong. With errors the exit status is 1; warnings leave it 0.`,
		Example: `  leimu catalog validate
  leimu catalog validate --data ./data`,
		Args: exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			k, err := loadKnowledge(dir)
			if err != nil {
				return err
			}
			errors, warnings := 0, 0
			for _, problem := range data.Validate(k) {
				if problem.Severity == data.Error {
					errors++
				} else {
					warnings++
				}
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), problem); err != nil {
					return err
				}
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%d categories, %d texts: %d errors, %d warnings\n",
				len(k.Catalog.Categories), len(k.Lexicon.Entries)+len(k.Lexicon.None), errors, warnings)
			if errors > 0 {
				return ended(statusFailed)
			}
			return nil
		},
	}
	dataFlag(cmd, &dir)
	return cmd
}
