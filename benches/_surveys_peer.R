# The peer of `script/bench surveys`: R's survey, each question by district and sex. Answers with JSON.
#   Rscript benches/_surveys_peer.R FOLDER QUESTIONS stratified|clustered
started <- proc.time()
suppressMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
read <- function(name, what) {
  file <- file.path(arguments[1], name)
  readBin(file, what, n = file.size(file) / if (what == "double") 8 else 4, size = if (what == "double") 8 else 4)
}
questions <- paste0("q", seq_len(as.integer(arguments[2])) - 1)
data <- data.frame(stratum = read("stratum", "integer"), district = read("district", "integer"),
                   sex = read("sex", "integer"), weight = read("weight", "double"), size = read("size", "double"),
                   cluster = read("cluster", "integer"))
for (name in questions) { values <- read(name, "integer"); data[[name]] <- ifelse(values < 0, NA, values) }
design <- if (arguments[3] == "stratified") {
  svydesign(ids = ~1, strata = ~stratum, weights = ~weight, fpc = ~size, data = data)
} else svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
ready <- proc.time()
found <- lapply(questions, function(name) {
  svyby(as.formula(paste0("~", name)), ~district + sex, design, svymean, na.rm = TRUE)
})
done <- proc.time()
first <- found[[1]]
cat(sprintf('{"wall": %f, "cpu": %f, "ready": %f, "version": "%s", "estimate": %.17g, "se": %.17g}\n',
            (done - ready)[["elapsed"]], sum((done - ready)[c("user.self", "sys.self")]),
            (ready - started)[["elapsed"]], packageVersion("survey"), first[1, 3], first[1, 4]))
