// Groups of roles by which a sentence is read.
#pragma once

#include "actors/agent/lexicon.h"

namespace aura::agent {

inline constexpr Roles kGrammarRoles =
    bit(Role::stop) | bit(Role::connector) | bit(Role::article) | bit(Role::conjunction) |
    bit(Role::filler) | bit(Role::pronoun) | bit(Role::negation) | bit(Role::below) |
    bit(Role::above) | bit(Role::between) | bit(Role::inclusive) | bit(Role::being) |
    bit(Role::code) | bit(Role::both) | bit(Role::inside) | bit(Role::along) |
    bit(Role::ingredient) | bit(Role::total) | bit(Role::beside) | bit(Role::anew) |
    bit(Role::several) | bit(Role::gratis) | bit(Role::which) | bit(Role::extent) |
    bit(Role::budget) | bit(Role::deed);
inline constexpr Roles kTopicRoles = bit(Role::hours) | bit(Role::contact) | bit(Role::delivery) |
                                     bit(Role::payment) | bit(Role::booking) | bit(Role::returns) |
                                     bit(Role::nutrition);
inline constexpr Roles kPerson = bit(Role::person) | bit(Role::somebody);
// A single word with one of these roles may also be part of a name: "lunch menu", "delivery".
inline constexpr Roles kMayName = kTopicRoles | bit(Role::list) | bit(Role::order) | kPerson |
                                  bit(Role::discount) | bit(Role::price) | bit(Role::complaint) |
                                  bit(Role::fine) | bit(Role::diet) | bit(Role::substance);
// What a sentence is about that asks, orders or complains.
inline constexpr Roles kAsks = kTopicRoles | bit(Role::price) | bit(Role::have) | bit(Role::list) |
                               bit(Role::order) | bit(Role::discount) | bit(Role::options) |
                               bit(Role::diet) | bit(Role::substance) | bit(Role::allergy) |
                               bit(Role::complaint);

}  // namespace aura::agent
