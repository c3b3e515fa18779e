#include "tests/vectors/form.h"

namespace vectors {

std::vector<std::unique_ptr<Form>> all_forms() {
    std::vector<std::unique_ptr<Form>> forms;
    forms.push_back(make_cases_form());
    forms.push_back(make_errors_form());
    forms.push_back(make_market_form());
    forms.push_back(make_numbers_form());
    forms.push_back(make_provider_decision_form());
    forms.push_back(make_provider_inventory_form());
    forms.push_back(make_provider_pricing_form());
    forms.push_back(make_sdl_form());
    forms.push_back(make_validate_basic_form());
    return forms;
}

}  // namespace vectors
