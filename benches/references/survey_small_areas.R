# Fay and Herriot's model by R's `metafor`, which fits it as a meta-regression: for tests to hold ours against.
#
#   Rscript benches/references/survey_small_areas.R FOLDER_WITH_SAMPLES OUTPUT.json
#
# The areas are counties of California with at least four schools in a sample drawn here from the population file;
# the covariates come from the whole of it. `metafor` gives the variance of effects, the line and the estimates; its
# standard errors of the estimates leave out that the variance is estimated, so they are g1 + g2 of ours.

suppressMessages({library(metafor); library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
schools <- read.csv(file.path(arguments[1], "api_apipop.csv"), stringsAsFactors = FALSE)
one <- function(every, start, least) {
  sample <- schools[seq(start, nrow(schools), every), ]
  areas <- do.call(rbind, lapply(split(sample, sample$cname), function(part) {
    if (nrow(part) < least || sd(part$api00) == 0) return(NULL)
    data.frame(name = part$cname[1], estimate = mean(part$api00), se = sd(part$api00) / sqrt(nrow(part)))
  }))
  known <- aggregate(schools[c("meals", "ell")], list(name = schools$cname), mean)
  areas <- merge(areas, known, by = "name")
  fit <- rma(estimate, se^2, mods = ~ meals + ell, data = areas, method = "REML",
             control = list(threshold = 1e-9, maxiter = 10000, stepadj = 1))
  best <- blup(fit)
  list(variance = fit$tau2, line = as.numeric(coef(fit)), line_se = as.numeric(fit$se),
       areas = lapply(seq_len(nrow(areas)), function(i) list(name = areas$name[i], estimate = areas$estimate[i],
         se = areas$se[i], covariates = c(areas$meals[i], areas$ell[i]), modelled = best$pred[i], modelled_se = best$se[i])))
}
cases <- list(one(10, 1, 4), one(20, 3, 3), one(7, 2, 3))
write(toJSON(list(package = paste("metafor", packageVersion("metafor")), cases = cases), auto_unbox = TRUE, digits = I(17)),
      arguments[2])
