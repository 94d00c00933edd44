# What R's `survey` says of calibrated weights, differences and tables, for tests to hold ours against.
#
#   Rscript benches/references/survey_weighting.R FOLDER_WITH_SAMPLES OUTPUT_FOLDER
#
# Writes weighting.json and comparisons.json. The samples are those of the package and NHANES 2009-2010, as CSV files;
# the version of the package is in the files. Totals come from the population file of the same schools.

suppressMessages({library(survey); library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
files <- c(srs = "api_apisrs.csv", strat = "api_apistrat.csv", clus1 = "api_apiclus1.csv", clus2 = "api_apiclus2.csv",
           nhanes = "nhanes_0910_cholesterol.csv")
samples <- lapply(files, function(file) read.csv(file.path(arguments[1], file), stringsAsFactors = FALSE))
population <- read.csv(file.path(arguments[1], "api_apipop.csv"), stringsAsFactors = FALSE)
designs <- list(
  srs = list(sample = "srs", weight = "pw", fpc = "fpc"),
  strat = list(sample = "strat", strata = "stype", weight = "pw", fpc = "fpc"),
  clus1 = list(sample = "clus1", clusters = "dnum", weight = "pw", fpc = "fpc"),
  clus2 = list(sample = "clus2", clusters = c("dnum", "snum"), weight = "pw", fpc = c("fpc1", "fpc2")),
  nhanes = list(sample = "nhanes", strata = "SDMVSTRA", clusters = "SDMVPSU", weight = "WTMEC2YR"))
one_sided <- function(names) if (is.null(names)) NULL else as.formula(paste("~", paste(names, collapse = "+")))
design_of <- function(told) {
  ids <- if (is.null(told$clusters)) ~1 else one_sided(told$clusters)
  suppressWarnings(svydesign(id = ids, strata = one_sided(told$strata), weights = one_sided(told$weight),
                             fpc = one_sided(told$fpc), data = samples[[told$sample]], nest = !is.null(told$strata)))
}
number <- function(x) { x <- as.numeric(x)[1]; if (is.finite(x)) x else NA }
write_out <- function(cases, name) {
  write(toJSON(list(package = paste("survey", packageVersion("survey")), cases = cases), auto_unbox = TRUE,
               digits = I(17), na = "null", null = "null"), file.path(arguments[2], name))
}

# --- calibrated weights -------------------------------------------------------------------------------------------

margin_of <- function(names) {
  counted <- aggregate(rep(1, nrow(population)), population[names], sum)
  list(columns = names, classes = lapply(seq_len(nrow(counted)), function(i) {
    list(class = unname(as.character(unlist(counted[i, names]))), total = counted[i, "x"])
  }))
}
totals_of <- function(names) {
  counted <- aggregate(rep(1, nrow(population)), population[names], sum)
  names(counted)[ncol(counted)] <- "Freq"
  counted
}
calibrated <- function(design, how, margins) {
  if (how == "postStratify") return(postStratify(design, one_sided(margins[[1]]), totals_of(margins[[1]])))
  if (how == "rake") return(rake(design, lapply(margins, one_sided), lapply(margins, totals_of),
                                 control = list(maxit = 500, epsilon = 1e-12)))
  formula <- as.formula(paste("~", paste(unlist(margins), collapse = "+")))
  whole <- colSums(model.matrix(formula, population))
  calibrate(design, formula, whole, calfun = "raking", epsilon = 1e-13, maxit = 200)
}
asked <- list(list(statistic = "mean", of = "api00"), list(statistic = "total", of = "enroll"),
              list(statistic = "ratio", of = "api.stu", over = "enroll"),
              list(statistic = "proportion", of = "awards", level = "Yes"),
              list(statistic = "mean", of = "api00", by = "comp.imp"),
              list(statistic = "total", of = "enroll", by = "stype"),
              list(statistic = "proportion", of = "awards", level = "Yes", by = "stype"))
answer <- function(question, design) {
  values <- if (is.null(question$by)) NULL else sort(unique(design$variables[[question$by]]))
  groups <- if (is.null(values)) list(NULL) else as.list(values)
  lapply(groups, function(group) {
    inside <- rep(TRUE, nrow(design$variables))
    if (!is.null(group)) inside <- design$variables[[question$by]] == group
    answered <- inside & !is.na(design$variables[[question$of]])
    if (question$statistic == "ratio") answered <- answered & !is.na(design$variables[[question$over]])
    part <- subset(design, answered)
    of <- part$variables[[question$of]]
    part$variables$y_ <- if (question$statistic == "proportion") as.numeric(of == question$level) else of
    if (question$statistic == "ratio") part$variables$x_ <- part$variables[[question$over]]
    for (name in intersect(c("y_", "x_"), names(part$variables))) {
      part$variables[[name]][is.na(part$variables[[name]])] <- 0  # outside the part, where the weight is zero
    }
    m <- switch(question$statistic, total = svytotal(~y_, part, deff = TRUE), ratio = svyratio(~y_, ~x_, part),
                svymean(~y_, part, deff = TRUE))
    deff <- if (question$statistic == "ratio") NA else deff(m)
    list(group = if (is.null(group)) NA else as.character(group), estimate = number(coef(m)), se = number(SE(m)),
         deff = number(deff), n = sum(answered))
  })
}
ways <- list(
  list(designs = c("srs", "strat", "clus1", "clus2"), how = "postStratify", margins = list(c("stype", "sch.wide"))),
  list(designs = c("srs", "clus1"), how = "rake", margins = list("stype", "sch.wide")),
  list(designs = c("srs", "strat", "clus1", "clus2"), how = "calibrate", margins = list("stype", "sch.wide", "comp.imp")))
weighed <- list()
for (way in ways) for (name in way$designs) {
  design <- calibrated(design_of(designs[[name]]), way$how, way$margins)
  weighed[[length(weighed) + 1]] <- c(designs[[name]], list(
    file = files[[name]], how = way$how, margins = lapply(way$margins, margin_of),
    weights = as.numeric(weights(design)),
    asked = lapply(asked, function(question) c(question, list(answers = answer(question, design))))))
}
write_out(weighed, "weighting.json")

# --- differences between groups, and tables -----------------------------------------------------------------------

difference <- function(name, of, between, one, other) {
  whole <- design_of(designs[[name]])
  design <- subset(whole, !is.na(whole$variables[[of]]))
  means <- svyby(one_sided(of), one_sided(between), design, svymean, covmat = TRUE)
  told <- setNames(c(-1, 1), c(one, other))
  found <- svycontrast(means, told[rownames(means)[rownames(means) %in% names(told)]])
  df <- degf(whole)
  t <- number(coef(found)) / number(SE(found))
  c(designs[[name]], list(kind = "groups", file = files[[name]], of = of, between = between, one = one, other = other,
    difference = number(coef(found)), se = number(SE(found)), df = df, p = 2 * pt(-abs(t), df)))
}
change <- function(name, of, cut) {
  # Two waves of one survey: the first and the second part of the rows, drawn for themselves.
  told <- designs[[name]]
  told$fpc <- NULL
  rows <- samples[[name]]
  rows$wave <- ifelse(seq_len(nrow(rows)) %% 2 == 0, "b", "a")
  rows$cell <- if (is.null(told$strata)) rows$wave else paste(rows$wave, rows[[told$strata]])
  design <- svydesign(id = ~1, strata = ~cell, weights = one_sided(told$weight), data = rows)
  means <- svyby(one_sided(of), ~wave, design, svymean, covmat = TRUE)
  found <- svycontrast(means, c(-1, 1))
  df <- degf(design)
  t <- number(coef(found)) / number(SE(found))
  c(told, list(kind = "waves", file = files[[name]], of = of, difference = number(coef(found)), se = number(SE(found)),
               df = df, p = 2 * pt(-abs(t), df)))
}
paired <- function(name, before, after) {
  design <- design_of(designs[[name]])
  design$variables$change_ <- design$variables[[after]] - design$variables[[before]]
  m <- svymean(~change_, design)
  c(designs[[name]], list(kind = "paired", file = files[[name]], before = before, after = after,
                          difference = number(coef(m)), se = number(SE(m)), df = degf(design)))
}
table_of <- function(name, rows, columns) {
  design <- design_of(designs[[name]])
  formula <- as.formula(paste("~", rows, "+", columns))
  F <- svychisq(formula, design, statistic = "F")
  X <- svychisq(formula, design, statistic = "Chisq")
  c(designs[[name]], list(kind = "table", file = files[[name]], rows = rows, columns = columns,
    f = number(F$statistic), ndf = number(F$parameter[1]), ddf = number(F$parameter[2]), p_f = number(F$p.value),
    chisq = number(X$statistic), df = number(X$parameter[1]), p_chisq = number(X$p.value)))
}
compared <- c(
  lapply(c("srs", "strat", "clus1", "clus2"), difference, "api00", "awards", "No", "Yes"),
  lapply(c("srs", "strat", "clus1", "clus2"), difference, "api00", "stype", "E", "H"),
  list(difference("nhanes", "HI_CHOL", "RIAGENDR", "1", "2"), difference("nhanes", "HI_CHOL", "race", "1", "3")),
  lapply(c("srs", "strat"), change, "api00"),
  lapply(c("srs", "strat", "clus1"), paired, "api99", "api00"),
  lapply(c("srs", "strat", "clus1", "clus2"), table_of, "awards", "stype"),
  lapply(c("srs", "strat", "clus1"), table_of, "sch.wide", "comp.imp"),
  list(table_of("nhanes", "HI_CHOL", "race"), table_of("nhanes", "agecat", "RIAGENDR"),
       table_of("nhanes", "HI_CHOL", "agecat")))
write_out(compared, "comparisons.json")
