"""Names to draw from: people, towns, customers. All made up or as common as can be."""

from __future__ import annotations

_FIRST = (
    "Alessia Andrea Anna Beatrice Bruno Carlo Caterina Chiara Claudio Cristina Daniele Davide Dario Edoardo Elena "
    "Elisa Emma Enrico Fabio Federica Filippo Francesca Gabriele Giada Giorgia Giovanni Giulia Greta Ilaria Irene "
    "Jacopo Laura Leonardo Lorenzo Luca Lucia Marco Margherita Marta Matteo Michele Miriam Nadia Nicola Noemi Olivia "
    "Paola Pietro Riccardo Roberta Sara Serena Simone Sofia Stefano Tommaso Valentina Valerio Viola Vittoria "
    "Anton Birgit Camille Diego Eline Fleur Henrik Ines Jan Katja Liam Maren Nuno Petra Rafael Saskia Teo Ulrike"
)

_LAST = (
    "Amadori Baldini Barone Bellini Benassi Bernardi Bianco Bortolin Bruni Caputo Carbone Casadei Cattaneo Colombo "
    "Conti Corsi Damiani Esposito Fabbri Farina Ferrara Fontana Gallo Garavaglia Gatti Ghezzi Greco Guerra Landi "
    "Leone Lombardi Longo Mancini Marchetti Mariani Martelli Moretti Negri Neri Orlando Pagani Palmieri Parisi "
    "Pellegrini Piras Poli Ricci Rinaldi Rizzi Romagnoli Russo Sala Santoro Serra Sorrentino Testa Valente Vitale "
    "Zanetti Almeida Berger Dubois Fischer Jansen Keller Lindqvist Moreau Novak Okafor Peeters Schneider Silva Torres"
)

FIRST_NAMES = tuple(_FIRST.split())
SURNAMES = tuple(_LAST.split())

#: Towns by region code.
TOWNS = {
    "NORTH": ("Milano", "Torino", "Bergamo", "Brescia", "Verona", "Padova", "Trento", "Varese", "Novara", "Udine"),
    "CENTRE": ("Roma", "Firenze", "Bologna", "Perugia", "Ancona", "Pisa", "Modena", "Siena", "Rimini", "Terni"),
    "SOUTH": ("Napoli", "Bari", "Salerno", "Palermo", "Catania", "Lecce", "Cosenza", "Cagliari", "Matera", "Foggia"),
}

#: How customers of a sector are called; `{name}` is a surname or a word of the place, `{town}` a town.
CUSTOMERS = {
    "hospitality": ("Hotel {name}", "Albergo {name}", "Residenza {name}", "Terme {name}"),
    "education": ("Istituto {name}", "Liceo {name}", "Campus {name}", "Scuola {name} di {town}"),
    "offices": ("Studio {name}", "Gruppo {name}", "{name} & Partner", "Palazzo {name}"),
    "food": ("Pastificio {name}", "Caseificio {name}", "Cantine {name}", "Forno {name}", "Conserve {name}"),
    "healthcare": ("Clinica {name}", "Poliambulatorio {name}", "Casa di cura {name}", "Laboratori {name}"),
    "retail": ("Magazzini {name}", "Mercato {name}", "Galleria {name}", "{name} Arredi"),
    "logistics": ("{name} Trasporti", "{name} Logistica", "Interporto {name}", "Depositi {name}"),
    "manufacturing": ("Officine {name}", "Meccanica {name}", "Tessitura {name}", "{name} Stampi", "Cartiera {name}"),
}

PLACE_NAMES = (
    "Aurora",
    "Belvedere",
    "Borgonuovo",
    "Castelverde",
    "Cascina Alta",
    "Corte Bianca",
    "Due Ponti",
    "Fontechiara",
    "Girasole",
    "La Quercia",
    "Lungofiume",
    "Montesole",
    "Porta Nova",
    "Riva Bella",
    "San Rocco",
    "Santa Chiara",
    "Tre Torri",
    "Valdoro",
    "Vallechiara",
    "Vistamare",
)
