# What R's `survey` says, for tests to hold our estimates against.
#
#   Rscript benches/references/survey_estimates.R FOLDER_WITH_SAMPLES OUTPUT.json
#
# The samples are those of the package (apisrs, apistrat, apiclus1, apiclus2) and NHANES 2009-2010, as CSV files. Each
# case is told as `ledtrad survey estimate` is asked, with what R answers; the version of the package is in the file.

suppressMessages({library(survey); library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]

read_sample <- function(file) {
  data <- read.csv(file.path(folder, file), stringsAsFactors = FALSE)
  data$one_ <- 1
  data
}

files <- c(srs = "api_apisrs.csv", strat = "api_apistrat.csv", clus1 = "api_apiclus1.csv", clus2 = "api_apiclus2.csv",
           nhanes = "nhanes_0910_cholesterol.csv")
samples <- lapply(files, read_sample)

design_of <- function(sample, strata = NULL, clusters = NULL, weight = NULL, fpc = NULL) {
  one_sided <- function(names) if (is.null(names)) NULL else as.formula(paste("~", paste(names, collapse = "+")))
  ids <- if (is.null(clusters)) ~1 else one_sided(clusters)
  suppressWarnings(svydesign(id = ids, strata = one_sided(strata), weights = one_sided(weight), fpc = one_sided(fpc),
                             data = samples[[sample]], nest = !is.null(strata)))
}

finite <- function(x) { x <- as.numeric(x); if (length(x) != 1 || !is.finite(x)) NA else x }

row_of <- function(by, level, m, df, deff, n, interval = NULL) {
  if (is.null(interval)) interval <- as.numeric(confint(m, df = df))
  list(by = by, level = level, estimate = finite(coef(m)), se = finite(SE(m)), low = finite(interval[1]),
       high = finite(interval[2]), df = if (is.infinite(df)) NA else df, deff = finite(deff), n = n)
}

one_group <- function(case, design, by, df) {
  of <- design$variables[[case$of]]
  answered <- !is.na(of)
  if (case$statistic == "ratio") answered <- answered & !is.na(design$variables[[case$over]])
  if (!any(answered)) return(list())
  part <- subset(design, answered)
  n <- sum(answered)
  if (identical(case$df, "domain")) df <- degf(part)
  of <- part$variables[[case$of]]
  if (case$statistic == "mean") {
    m <- svymean(~of, part, deff = TRUE)
    return(list(row_of(by, NA, m, df, deff(m), n)))
  }
  if (case$statistic == "total") {
    m <- svytotal(~of, part, deff = TRUE)
    return(list(row_of(by, NA, m, df, deff(m), n)))
  }
  if (case$statistic == "ratio") {
    over <- part$variables[[case$over]]
    m <- svyratio(~of, ~over, part, deff = TRUE)
    return(list(row_of(by, NA, m, df, attr(m, "deff"), n)))
  }
  if (case$statistic == "quantile") {
    kind <- c(wald = "mean", logit = "xlogit", beta = "beta")[[case$interval]]
    q <- svyquantile(~of, part, as.numeric(case$level), df = df, interval.type = kind)[[1]]
    return(list(list(by = by, level = case$level, estimate = finite(q[1, 1]), se = finite(q[1, 4]),
                     low = finite(q[1, 2]), high = finite(q[1, 3]), df = if (is.infinite(df)) NA else df,
                     deff = NA, n = n)))
  }
  levels <- if (is.null(case$level)) sort(unique(samples[[case$sample]][[case$of]])) else case$level
  lapply(as.character(levels), function(level) {
    part$variables$is_ <- as.numeric(as.character(of) == level)
    m <- svymean(~is_, part, deff = TRUE)
    bounds <- NULL
    if (case$interval == "logit") bounds <- attr(svyciprop(~is_, part, method = "xlogit", df = df), "ci")
    if (case$interval == "beta") bounds <- attr(svyciprop(~is_, part, method = "beta"), "ci")
    row_of(by, level, m, df, deff(m), n, bounds)
  })
}

answer <- function(case) {
  options(survey.lonely.psu = c(refuse = "fail", centre = "adjust", average = "average",
                                certainty = "certainty")[[case$single_units]])
  design <- design_of(case$sample, case$strata, case$clusters, case$weight, case$fpc)
  df <- if (case$df %in% c("design", "domain")) degf(design) else if (case$df == "normal") Inf else as.numeric(case$df)
  if (is.null(case$by)) return(one_group(case, design, setNames(list(), character(0)), df))
  values <- design$variables[, case$by, drop = FALSE]
  groups <- unique(values[complete.cases(values), , drop = FALSE])
  groups <- groups[do.call(order, unname(as.list(groups))), , drop = FALSE]
  do.call(c, lapply(seq_len(nrow(groups)), function(i) {
    inside <- Reduce(`&`, lapply(case$by, function(name) !is.na(values[[name]]) & values[[name]] == groups[i, name]))
    by <- setNames(lapply(case$by, function(name) as.character(groups[i, name])), case$by)
    one_group(case, subset(design, inside), by, df)
  }))
}

designs <- list(
  srs = list(sample = "srs", weight = "pw", fpc = "fpc"),
  srs_unweighted = list(sample = "srs", fpc = "fpc"),
  srs_with_replacement = list(sample = "srs", weight = "pw"),
  strat = list(sample = "strat", strata = "stype", weight = "pw", fpc = "fpc"),
  strat_from_sizes = list(sample = "strat", strata = "stype", fpc = "fpc"),
  strat_with_replacement = list(sample = "strat", strata = "stype", weight = "pw"),
  clus1 = list(sample = "clus1", clusters = "dnum", weight = "pw", fpc = "fpc"),
  clus1_with_replacement = list(sample = "clus1", clusters = "dnum", weight = "pw"),
  clus2 = list(sample = "clus2", clusters = c("dnum", "snum"), weight = "pw", fpc = c("fpc1", "fpc2")),
  clus2_from_sizes = list(sample = "clus2", clusters = c("dnum", "snum"), fpc = c("fpc1", "fpc2")),
  clus2_with_replacement = list(sample = "clus2", clusters = c("dnum", "snum"), weight = "pw"),
  nhanes = list(sample = "nhanes", strata = "SDMVSTRA", clusters = "SDMVPSU", weight = "WTMEC2YR"),
  lonely = list(sample = "srs", strata = "cname", weight = "pw"))

asked_of_schools <- list(
  list(statistic = "mean", of = "api00"), list(statistic = "total", of = "enroll"),
  list(statistic = "ratio", of = "api.stu", over = "enroll"), list(statistic = "proportion", of = "stype"),
  list(statistic = "proportion", of = "awards", level = "Yes", interval = "logit"),
  list(statistic = "proportion", of = "awards", level = "Yes", interval = "beta", df = "domain"),
  list(statistic = "quantile", of = "api00", level = "0.5"),
  list(statistic = "quantile", of = "meals", level = "0.25", interval = "logit"),
  list(statistic = "mean", of = "api00", by = c("awards", "comp.imp")),
  list(statistic = "total", of = "enroll", by = "stype", df = "normal"),
  list(statistic = "ratio", of = "api.stu", over = "enroll", by = "comp.imp", df = "domain"),
  list(statistic = "proportion", of = "awards", by = "stype", df = "domain"),
  list(statistic = "proportion", of = "awards", level = "Yes", by = "stype", interval = "beta", df = "domain"),
  list(statistic = "quantile", of = "api00", level = "0.5", by = "comp.imp"))
asked_of_health <- list(
  list(statistic = "mean", of = "HI_CHOL"), list(statistic = "total", of = "HI_CHOL", by = "race"),
  list(statistic = "proportion", of = "HI_CHOL", by = c("race", "RIAGENDR"), interval = "logit"),
  list(statistic = "proportion", of = "HI_CHOL", level = "1", by = c("agecat", "race"), interval = "beta", df = "domain"),
  list(statistic = "proportion", of = "agecat", by = "RIAGENDR", df = "16"),
  list(statistic = "ratio", of = "HI_CHOL", over = "RIAGENDR", by = "race", df = "normal"))
asked_of_lonely <- list(
  list(statistic = "mean", of = "api00"), list(statistic = "total", of = "enroll"),
  list(statistic = "mean", of = "api00", by = "stype"), list(statistic = "proportion", of = "awards", by = "stype"))

combined <- function(name, asked, rule = "refuse") {
  lapply(asked, function(each) {
    case <- modifyList(c(designs[[name]], list(interval = "wald", df = "design", single_units = rule)), each)
    case$name <- name
    case
  })
}
whole <- c("strat", "clus1", "clus2")
others <- setdiff(names(designs), c(whole, "nhanes", "lonely"))
cases <- c(do.call(c, lapply(whole, combined, asked_of_schools)),
           do.call(c, lapply(others, combined, asked_of_schools[c(1:4, 9)])), combined("nhanes", asked_of_health),
           do.call(c, lapply(c("centre", "average", "certainty"), function(rule) combined("lonely", asked_of_lonely, rule))))
cases <- lapply(cases, function(case) {
  case$file <- files[[case$sample]]
  case$answers <- answer(case)
  case$sample <- NULL
  case
})
write(toJSON(list(package = paste("survey", packageVersion("survey")), cases = cases), auto_unbox = TRUE, digits = I(17),
             na = "null", null = "null"), arguments[2])
