"""A second factor for signing in: each user can switch on time-based codes (TOTP) for the own account."""

from __future__ import annotations

import base64

import qrcode
import qrcode.image.svg
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice

from intake.forms import TokenForm
from intake.views.access import show

NAME = "TOTP"


@sensitive_post_parameters("token")
@require_http_methods(["GET", "POST"])
@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show the code to scan and switch the second factor on when a code from it is right; or off."""
    confirmed = TOTPDevice.objects.filter(user=request.user, confirmed=True).first()
    device = confirmed or TOTPDevice.objects.get_or_create(user=request.user, name=NAME, confirmed=False)[0]
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not device.verify_token(form.cleaned_data["token"]):
            form.add_error("token", _("验证码不对或已过期。请等待新的验证码后重试。"))
        elif confirmed:
            confirmed.delete()
            messages.success(request, _("两步验证已关闭。"))
            return redirect("admin:desk_second_factor")
        else:
            device.confirmed = True
            device.save(update_fields=["confirmed"])
            messages.success(request, _("两步验证已开启。下次登录时请输入验证码。"))
            return redirect("admin:desk_second_factor")
    context = {
        "form": form,
        "is_on": confirmed is not None,
        "image": "" if confirmed else draw_code(device.config_url),
        "secret": "" if confirmed else base64.b32encode(device.bin_key).decode(),
        "help_step": "security",
    }
    return show(request, "intake/second_factor.html", context, title=_("两步验证"))


def draw_code(address: str) -> str:
    """Return the address as a QR code in an SVG data address."""
    image = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, box_size=10, border=2)
    return "data:image/svg+xml;base64," + base64.b64encode(image.to_string()).decode()
