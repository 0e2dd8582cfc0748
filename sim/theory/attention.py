"""Attention: who takes the matter up, and when (docs/odd.md, section 7.2)."""

from __future__ import annotations

from sim.compiled import compiled
from sim.theory.elementary import exponential, normal_quantile

ANNIVERSARY = 12


@compiled
def pulse(height, decay, months_since):
    """A pulse that starts at *height* (rate a month) and decays at *decay* a month; 0 before it
    starts.
    """
    return height * exponential(-decay * months_since) if months_since >= 0 else 0.0


@compiled
def attention(
    base, campaign, launch, launch_decay, anniversary, anniversary_decay, scale, shock, round_number
):
    """Attention of one kind of stakeholder in a round, a rate a month.

    A base level, a campaign up to the launch, and pulses at the launch and its first anniversary;
    *scale* multiplies all but the base, *shock* (a factor drawn for the replicate, around 1) all
    but the campaign.
    """
    before = campaign if round_number <= 0 else 0.0
    pulses = pulse(launch, launch_decay, round_number) + pulse(
        anniversary, anniversary_decay, round_number - ANNIVERSARY
    )
    return shock * base + scale * (before + shock * pulses)


@compiled
def attention_share(attention_gradient, capacity, attention_club, in_club):
    """Share of its kind's attention that a stakeholder has, in (0, 1]: 1 with full *capacity* (in
    [0, 1]), and falling exponentially with the capacity that is lacking.

    Where one sits in the convenor's club (*in_club* 1, else 0), meeting there stands in for a share
    *attention_club* of the capacity that it lacks.
    """
    return exponential(-attention_gradient * (1.0 - capacity) * (1.0 - attention_club * in_club))


@compiled
def divided_attention(own, other, division):
    """Attention to one of two codes on the agenda at once, from what each would have alone (*own*
    and *other*, rates a month). *division* in [0, 1] says how far they share one agenda: at 0 both
    keep theirs, at 1 each keeps the share of its own that it has of both.

    Arenas in which matters are taken up have a carrying capacity, so that matters compete for a
    scarce attention (Hilgartner and Bosk 1988). The form is ours.
    """
    return own * (1.0 - division * other / (own + other)) if other > 0.0 else own


@compiled
def attention_shock(spread, draw):
    """A lognormal factor with median 1 and *spread* in log points, from a uniform draw."""
    return exponential(spread * normal_quantile(draw))
