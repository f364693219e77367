def wrong(*implementations):
    raise AssertionError("wrong")


check_log_odds = wrong
check_gradient = wrong
check_estimates = wrong
check_posterior = wrong
check_sampler = wrong
check_elbo = wrong
