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
    for (auto& row : train::read_table(path, columns, {}).rows) {
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
  CLI::App* app = program.add_subcommand("targets", "make the soft labels of a distillation");
  app->add_option("TABLE", command->tables,
                  "PART=FILE; names of columns are the first one's, and spreads are matched on it")
      ->required();
  add_column_options(*app, command->columns);
  app->add_option("--teacher", command->teacher, "model whose logits are learned")->required();
  app->add_option("--ensemble", command->ensemble, "models whose mean logit is learned");
  app->add_option("--teacher-share", command->options.teacher_share, "of the target")->capture_default_str();
  app->add_option("--soft-clamp", command->options.clamp, "the teacher's logits are cut to this size")
      ->capture_default_str();
  app->add_option("-o,--output", command->output, "table to write")->required();
  return {app, [command] { run(*command); }};
}

}  // namespace iresweep::cli
