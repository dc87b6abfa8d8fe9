// iresweep-train targets: the table of soft labels that a distillation starts from.
#include "host/train/targets.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "tools/cli.h"
#include "tools/train/commands.h"
#include "tools/train/options.h"

namespace iresweep::cli {
namespace {

constexpr const char* kTargetsFooter = R"(Examples:
  $ iresweep train targets native=table.tsv --teacher deepires/first -o targets.tsv
  $ iresweep train targets native=table.tsv pool=windows.tsv.gz --teacher deepires/first --ensemble 1.safetensors
      2.safetensors -o targets.tsv

Exit codes:
  0 done; 1 failed; 2 wrong usage. A file appears under its name only when it is complete.)";

struct TargetsCommand {
  std::vector<std::string> tables, ensemble;
  std::string teacher, output;
  train::Columns columns;
  train::TargetOptions options;
};

void run(const TargetsCommand& command) {
  std::vector<train::Row> rows;
  std::size_t reference = 0;
  for (const auto& text : command.tables) {
    const auto [part, path] = split_at_equals(text, "TABLE");
    const train::Columns columns = reference == 0 ? command.columns : train::Columns{};
    for (auto& row : train::read_table(path, columns, {}, train::Short::padded).rows) {
      row.part = part;
      rows.push_back(std::move(row));
    }
    if (reference == 0) reference = rows.size();
  }
  std::vector<Model> ensemble;
  for (const auto& path : command.ensemble) ensemble.push_back(load_model(path));
  const double scale = train::set_targets(rows, reference, load_model(command.teacher), ensemble, command.options);
  train::write_table(rows, command.output);
  spdlog::info("wrote {}: {} rows, the ensemble's logits times {:.3f}", command.output, rows.size(), scale);
}

}  // namespace

TrainCommand add_targets(CLI::App& program) {
  auto command = std::make_shared<TargetsCommand>();
  CLI::App* app = program.add_subcommand("targets", "Makes the soft labels of a distillation.")->footer(kTargetsFooter);
  app->add_option("TABLE", command->tables,
                  "PART=FILE. The names of columns are those of the first one, and spreads are matched on it.")
      ->required();
  app->add_option("--teacher", command->teacher, "Model whose logits are learned.")->type_name("FILE")->required();
  app->add_option("--ensemble", command->ensemble, "Models whose mean logit is learned, too. Default: none.")
      ->type_name("FILE");
  app->add_option("--teacher-share", command->options.teacher_share, "The teacher's share of the target. Default: 0.5.")
      ->type_name("X");
  app->add_option("--soft-clamp", command->options.clamp, "The teacher's logits are cut to this size. Default: 6.")
      ->type_name("X");
  app->add_option("-o,--output", command->output, "Table to write, for `iresweep train fit --soft-share`.")
      ->type_name("FILE")
      ->required();
  add_column_options(*app, command->columns);
  return {app, [command] { run(*command); }};
}

}  // namespace iresweep::cli
