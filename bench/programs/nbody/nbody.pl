use strict;
use warnings;
use integer;

sub body {
    my ($x, $y, $z, $vx, $vy, $vz, $mass) = @_;
    return { x => $x, y => $y, z => $z, vx => $vx, vy => $vy, vz => $vz, mass => $mass };
}

sub move {
    my ($body) = @_;
    $body->{x} += $body->{vx} / 10000;
    $body->{y} += $body->{vy} / 10000;
    $body->{z} += $body->{vz} / 10000;
    return;
}

sub root {
    my ($n) = @_;
    my $guess = 67108864;
    while (1) {
        my $next = ($guess + $n / $guess) / 2;
        return $guess if $next >= $guess;
        $guess = $next;
    }
}

sub attract {
    my ($a, $b) = @_;
    my $dx       = $a->{x} - $b->{x};
    my $dy       = $a->{y} - $b->{y};
    my $dz       = $a->{z} - $b->{z};
    my $square   = $dx * $dx + $dy * $dy + $dz * $dz;
    my $distance = root($square);
    my $reduced  = $square / 1000000;
    my $from_a   = $a->{mass} * 1000000 / $reduced;
    my $from_b   = $b->{mass} * 1000000 / $reduced;
    my $ux       = $dx * 1000000 / $distance;
    my $uy       = $dy * 1000000 / $distance;
    my $uz       = $dz * 1000000 / $distance;
    $a->{vx} -= $ux * $from_b / 100000000;
    $a->{vy} -= $uy * $from_b / 100000000;
    $a->{vz} -= $uz * $from_b / 100000000;
    $b->{vx} += $ux * $from_a / 100000000;
    $b->{vy} += $uy * $from_a / 100000000;
    $b->{vz} += $uz * $from_a / 100000000;
    return;
}

my @bodies = (
    body(0, 0, 0, 0, 0, 0, 3947841760),
    body(4841431, -1160320, -103622, 60632639, 281198684, -2521836, 3769367),
    body(8343367, 4124799, -403523, -101077435, 182566237, 841576, 1128633),
    body(12894370, -15111151, -223308, 108279101, 86871302, -1083264, 172372),
    body(15379697, -25919315, 179259, 97909073, 59469900, -3475596, 203369),
);

for (1 .. $ARGV[0]) {
    for my $i (0 .. $#bodies) {
        attract($bodies[$i], $bodies[$_]) for $i + 1 .. $#bodies;
    }
    move($_) for @bodies;
}
my $hash = 0;
for my $b (@bodies) {
    $hash = ($hash * 31 + abs($b->{x}) + abs($b->{y}) + abs($b->{z})) % 1000000007;
    $hash = ($hash * 31 + abs($b->{vx}) + abs($b->{vy}) + abs($b->{vz})) % 1000000007;
}
print "$hash\n";
