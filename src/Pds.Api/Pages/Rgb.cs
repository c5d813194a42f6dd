using System.Globalization;
using System.Text.RegularExpressions;

namespace Pds.Api.Pages;

/// <summary>A colour, and what of it can be read: WCAG 2.2's relative luminance and contrast.</summary>
internal readonly partial record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>What level AA asks of text of ordinary size (https://www.w3.org/TR/WCAG22/#contrast-minimum).</summary>
    public const double LeastContrast = 4.5;

    private const int Steps = 20;

    public static Rgb Black { get; } = new(0, 0, 0);

    public static Rgb White { get; } = new(255, 255, 255);

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    /// <summary>Reads what <c>SettingKind.Colour</c> lets through: <c>#abc</c>, <c>#aabbcc</c>, <c>rgb(1, 2, 3)</c>; numbers above 255 are 255, as in CSS.</summary>
    public static Rgb Parse(string text)
    {
        if (text is ['#', var r, var g, var b]) return Parse($"#{r}{r}{g}{g}{b}{b}");
        if (text.StartsWith('#')) return new Rgb(Hex(text, 1), Hex(text, 3), Hex(text, 5));
        var numbers = Number.Matches(text).Select(match => (byte)Math.Min(255, int.Parse(match.ValueSpan, CultureInfo.InvariantCulture))).ToArray();
        return new Rgb(numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>From 1, the same, to 21, black on white.</summary>
    public double Contrast(Rgb other)
    {
        var (one, two) = (Luminance + 0.05, other.Luminance + 0.05);
        return one > two ? one / two : two / one;
    }

    /// <summary>The same colour, as much lighter or darker as it takes to be read on a ground.</summary>
    public Rgb LegibleOn(Rgb ground)
    {
        var end = ground.Contrast(White) > ground.Contrast(Black) ? White : Black;
        for (var step = 0; step < Steps; step++)
        {
            var mixed = Mix(end, step / (double)Steps);
            if (mixed.Contrast(ground) >= LeastContrast) return mixed;
        }

        return end;
    }

    /// <summary>Black or white, whichever is read better on this colour.</summary>
    public Rgb Ink => Contrast(White) >= Contrast(Black) ? White : Black;

    public Rgb Mix(Rgb other, double share) => new(Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private static byte Mix(byte one, byte other, double share) => (byte)Math.Round((one * (1 - share)) + (other * share));

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    private static byte Hex(string text, int start) => byte.Parse(text.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number { get; }
}
