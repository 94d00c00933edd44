# What R's `survey` says with replicate weights, for tests to hold ours against.
#
#   Rscript benches/references/survey_replication.R FOLDER_WITH_SAMPLES OUTPUT.json
#
# Weights of the jackknife are made by R from the design, as we make them. Those of BRR, of Fay and of a bootstrap follow
# from the number of the row (tests/core/surveys/replicated_schools.py makes the same), so that no table is kept of them.

suppressMessages({library(survey); library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
files <- c(srs = "api_apisrs.csv", strat = "api_apistrat.csv", clus1 = "api_apiclus1.csv",
           nhanes = "nhanes_0910_cholesterol.csv")
samples <- lapply(files, function(file) read.csv(file.path(arguments[1], file), stringsAsFactors = FALSE))

sylvester <- function(least) {
  found <- matrix(1)
  while (nrow(found) < least) found <- rbind(cbind(found, found), cbind(found, -found))
  found
}

columns_of <- function(kind, rho, weight) {
  row <- seq_along(weight) - 1
  if (kind %in% c("BRR", "Fay")) {
    signs <- sylvester(length(row) %/% 2 + 1)[, 2 + row %/% 2]
    return(t(1 + (1 - rho) * signs * rep(ifelse(row %% 2 == 0, 1, -1), each = nrow(signs))) * weight)
  }
  outer(row, 0:19, function(row, r) (row * 7 + r * 13 + (row * r) %% 5) %% 3) * weight
}

made <- function(case) {
  one_sided <- function(name) if (is.null(name)) NULL else as.formula(paste("~", name))
  ids <- if (is.null(case$clusters)) ~1 else one_sided(case$clusters)
  plain <- suppressWarnings(svydesign(id = ids, strata = one_sided(case$strata), weights = one_sided(case$weight),
                                      fpc = one_sided(case$fpc), data = samples[[case$sample]],
                                      nest = !is.null(case$strata)))
  suppressWarnings(as.svrepdesign(plain, type = case$kind, mse = case$mse))
}

in_columns <- function(case) {
  data <- samples[[case$sample]]
  weights <- columns_of(case$kind, case$rho, data[[case$weight]])
  told <- list(data = data, weights = data[[case$weight]], repweights = weights, type = case$kind,
               combined.weights = TRUE, mse = case$mse)
  if (case$kind == "Fay") told$rho <- case$rho
  do.call(svrepdesign, told)
}

finite <- function(x) { x <- as.numeric(x); if (length(x) != 1 || !is.finite(x)) NA else x }

one_group <- function(case, design, by, df) {
  answered <- !is.na(design$variables[[case$of]])
  if (case$statistic == "ratio") answered <- answered & !is.na(design$variables[[case$over]])
  part <- subset(design, answered)
  if (case$df == "domain") df <- degf(part)
  n <- sum(part$pweights > 0)
  part$variables$of_ <- part$variables[[case$of]]
  bounds <- NULL; deff <- NA; level <- if (is.null(case$level)) NA else case$level
  if (case$statistic == "quantile") {
    q <- svyquantile(~of_, part, as.numeric(level), df = df, interval.type = "mean")[[1]]
    return(list(by = by, level = level, estimate = finite(q[1, 1]), se = finite(q[1, 4]), low = finite(q[1, 2]),
                high = finite(q[1, 3]), df = df, deff = NA, n = n))
  }
  if (case$statistic == "proportion") {
    part$variables$of_ <- as.numeric(as.character(part$variables$of_) == level)
    if (case$interval == "logit") bounds <- attr(svyciprop(~of_, part, method = "xlogit", df = df), "ci")
  }
  if (case$statistic %in% c("mean", "proportion")) { m <- svymean(~of_, part, deff = TRUE); deff <- deff(m) }
  if (case$statistic == "total") { m <- svytotal(~of_, part, deff = TRUE); deff <- deff(m) }
  if (case$statistic == "ratio") {
    part$variables$over_ <- part$variables[[case$over]]
    m <- svyratio(~of_, ~over_, part)
  }
  estimate <- finite(if (case$statistic == "ratio") m$ratio else coef(m)); se <- finite(SE(m))
  if (is.null(bounds)) bounds <- estimate + c(-1, 1) * qt(0.975, df) * se
  list(by = by, level = level, estimate = estimate, se = se, low = finite(bounds[1]), high = finite(bounds[2]), df = df,
       deff = finite(deff), n = n)
}

answer <- function(case) {
  design <- if (case$columns) in_columns(case) else made(case)
  df <- degf(design)
  if (is.null(case$by)) return(list(one_group(case, design, setNames(list(), character(0)), df)))
  values <- design$variables[[case$by]]
  lapply(sort(unique(values[!is.na(values)])), function(value) {
    one_group(case, subset(design, !is.na(values) & values == value), setNames(list(as.character(value)), case$by), df)
  })
}

designs <- list(
  list(sample = "clus1", kind = "JK1", clusters = "dnum", weight = "pw", fpc = "fpc"),
  list(sample = "clus1", kind = "JK1", clusters = "dnum", weight = "pw", mse = TRUE),
  list(sample = "srs", kind = "JK1", weight = "pw", fpc = "fpc"),
  list(sample = "strat", kind = "JKn", strata = "stype", weight = "pw", fpc = "fpc"),
  list(sample = "strat", kind = "JKn", strata = "stype", weight = "pw", mse = TRUE),
  list(sample = "srs", kind = "BRR", weight = "pw", columns = TRUE),
  list(sample = "strat", kind = "Fay", rho = 0.3, weight = "pw", columns = TRUE),
  list(sample = "strat", kind = "bootstrap", weight = "pw", columns = TRUE),
  list(sample = "srs", kind = "bootstrap", weight = "pw", columns = TRUE, mse = TRUE))
asked_of_schools <- list(
  list(statistic = "mean", of = "api00"), list(statistic = "total", of = "enroll"),
  list(statistic = "ratio", of = "api.stu", over = "enroll"),
  list(statistic = "proportion", of = "awards", level = "Yes", interval = "logit"),
  list(statistic = "quantile", of = "api00", level = "0.5"),
  list(statistic = "mean", of = "api00", by = "comp.imp"),
  list(statistic = "total", of = "enroll", by = "awards", df = "domain"),
  list(statistic = "proportion", of = "awards", level = "Yes", by = "stype", df = "domain"),
  list(statistic = "quantile", of = "meals", level = "0.25", by = "comp.imp"))
health <- list(sample = "nhanes", kind = "JKn", strata = "SDMVSTRA", clusters = "SDMVPSU", weight = "WTMEC2YR")
asked_of_health <- list(
  list(statistic = "mean", of = "HI_CHOL"),
  list(statistic = "proportion", of = "HI_CHOL", level = "1", by = "race", interval = "logit"),
  list(statistic = "total", of = "HI_CHOL", by = "RIAGENDR", df = "domain"))
plain <- list(interval = "wald", df = "design", mse = FALSE, columns = FALSE, rho = 0)
crossed <- function(designs, asked) do.call(c, lapply(designs, function(design) lapply(asked, function(each) {
  case <- modifyList(plain, c(design, each))
  case$file <- files[[case$sample]]
  case$answers <- answer(case)
  case$sample <- NULL
  case
})))
cases <- c(crossed(designs, asked_of_schools), crossed(list(health), asked_of_health))
write(toJSON(list(package = paste("survey", packageVersion("survey")), cases = cases), auto_unbox = TRUE, digits = I(17),
             na = "null", null = "null"), arguments[2])
